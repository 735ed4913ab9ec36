import { licenseOf } from './licenses.mjs';

/** @typedef {import('./find-dependencies.mjs').Dependency} Dependency */

/**
 * docs/dependencies.md, and what stands against it.
 *
 * @param {ReturnType<typeof import('./find-dependencies.mjs').findDependencies>} found
 * @param {Record<string, string>} notInstalled licences of optional peers that the workspace does not install, by name
 * @returns {{ text: string, problems: string[] }}
 */
export function dependencyTable({ dependencies, brought }, notInstalled) {
  /** @type {string[]} */
  const problems = [];
  /** @type {string[]} */
  const notes = [];
  const rows = [...dependencies.values()].sort(byName).map((dependency) => {
    const { name, version, says, bytes, family, namedBy, kind } = dependency;
    const license = licenseOf(name, bytes === undefined ? notInstalled[name] : says);
    // On another machine than linux-x64 there is nothing of a family to look at.
    if ('problem' in license) problems.push(...(family && bytes === undefined ? [] : [license.problem]));
    else if (license.note) notes.push(`- \`${name}\`: ${license.license}. ${license.note}`);
    const by = [...namedBy].sort().map((from) => from.replace('@kanrecon/', ''));
    return `| \`${name}\` | ${version} | ${'license' in license ? license.license : '?'} | ${
      bytes === undefined ? 'not measured' : showSize(bytes)
    }${family ? ' (linux-x64)' : ''} | ${kind} | ${by.join(', ')} |`;
  });
  const totals = [...brought].map(([name, names]) => {
    const along = [...names].map((name) => dependencies.get(name));
    const bytes = along.reduce((sum, dependency) => sum + (dependency?.bytes ?? 0), 0);
    return `| \`${name}\` | ${names.size} | ${names.size > 0 ? showSize(bytes) : ''} |`;
  });
  const text = `# What the packages bring along

Made by \`node scripts/dependency-table.mjs\`; a test holds it against what is installed, and fails where a licence is not among those
that are let in. Every package of ours is MIT.

## By package of ours

Packages from elsewhere that \`npm install\` brings along, directly or by way of others, with their size on disk in all. Peers count,
as npm installs them too; optional peers do not.

| package | packages from elsewhere | size |
| ------- | ----------------------- | ---- |
${totals.join('\n')}

## All of them

"With it" are dependencies, "peer" what an application chooses the version of, "optional peer" what is installed by hand where it is
wanted (the package says so where it is missing). Sizes are those of a package's own files, to two digits.

| package | version | licence | size | how it comes | named by |
| ------- | ------- | ------- | ---- | ------------ | -------- |
${rows.join('\n')}

## Worth knowing

${notes.join('\n')}
`;
  return { text, problems };
}

/** @param {Dependency} a @param {Dependency} b */
function byName(a, b) {
  return a.name < b.name ? -1 : 1;
}

/** Two digits, so that a version of the same package hardly ever changes it. */
export function showSize(/** @type {number} */ bytes) {
  const digits = (/** @type {number} */ value) =>
    value >= 10 ? String(Math.round(Number(value.toPrecision(2)))) : value.toPrecision(2);
  const kilobytes = Number((bytes / 1e3).toPrecision(2));
  return kilobytes < 1000 ? `${digits(bytes / 1e3)} KB` : `${digits(bytes / 1e6)} MB`;
}
