/** SPDX names of licences that let anybody use, change and sell what is built on them. */
const allowedLicenses = ['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];

/**
 * Packages that are let in though their licence is another one, or not the one that their package.json names.
 *
 * @type {Record<string, { says: string, license: string, note: string }>} `says`: what package.json must say for this to hold
 */
const exceptions = {
  'node-unrar-js': {
    says: 'MIT',
    license: 'MIT and UnRAR',
    note: 'Its own code is MIT; the unpacker in it is RARLAB’s under RARLAB’s licence, which allows any use but making a rar packer. An optional peer, so that nobody gets it unasked.',
  },
  '@img/sharp-libvips-*': {
    says: 'LGPL-3.0-or-later',
    license: 'LGPL-3.0-or-later',
    note: 'libvips and what it is made of, as a shared library of its own that sharp loads and anybody may replace, as the licence asks. On Windows and in WebAssembly it is inside of `@img/sharp-*` (Apache-2.0 AND LGPL-3.0-or-later). Comes with sharp, an optional peer of libraries and a dependency of the program.',
  },
};

/**
 * What a package's licence is, by what its package.json says.
 *
 * @param {string} name of the package, or of a family such as `@img/sharp-*`
 * @param {unknown} says
 * @returns {{ license: string, note?: string } | { problem: string }}
 */
export function licenseOf(name, says) {
  const exception = Object.hasOwn(exceptions, name) ? exceptions[name] : undefined;
  if (exception) {
    if (says === exception.says) return { license: exception.license, note: exception.note };
    return { problem: `${name}: the licence was ${exception.says} and is ${JSON.stringify(says)}` };
  }
  if (typeof says !== 'string' || says === '') return { problem: `${name} names no licence` };
  const isAllowed = (/** @type {string} */ part) => allowedLicenses.includes(part.trim());
  const parts = says.replace(/^\((.*)\)$/, '$1').split(' AND ');
  const fine = parts.every((part) =>
    part
      .replace(/^\((.*)\)$/, '$1')
      .split(' OR ')
      .some(isAllowed),
  );
  if (fine) return { license: says };
  return {
    problem: `${name} is under ${says}, which is not among the licences that are let in (${allowedLicenses.join(', ')})`,
  };
}
