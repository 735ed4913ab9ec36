import { builtinModules } from 'node:module';

/**
 * Holds what every package.json names against what the sources import: nothing missing, nothing without use. A peer dependency may
 * also be that of a package below, which its users have to install.
 *
 * @param {{ name: string, folder: string, manifest: Record<string, any> }[]} packages
 * @param {{ source: string, imports: string[] }[]} files
 * @param {Record<string, Record<string, string>>} exceptions see namedNotImported
 * @returns {string[]} sentences
 */
export function checkManifests(packages, files, exceptions = {}) {
  const manifests = new Map(packages.map(({ manifest }) => [manifest.name, manifest]));
  return packages.flatMap(({ name, folder, manifest }) => {
    const imported = new Set(
      files
        .filter(({ source }) => source.startsWith(`${folder}/src/`))
        .flatMap(({ imports }) => imports.map(packageOf))
        .filter((other) => other && other !== manifest.name),
    );
    const allowed = exceptions[name] ?? {};
    const named = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
    const below = peersBelow(manifest, manifests);
    return [
      ...[...imported]
        .filter((other) => !named.includes(other))
        .map((other) => `${folder}/package.json: src imports ${other}, which dependencies and peerDependencies lack`),
      ...named
        .filter((other) => !imported.has(other) && !below.has(other) && !allowed[other])
        .map((other) => `${folder}/package.json: no file of src imports ${other}`),
      ...[...below]
        .filter(([other, optional]) => !optional && !named.includes(other))
        .map(([other]) => `${folder}/package.json: peerDependencies lack ${other}, which a package below asks for`),
      ...Object.keys(allowed)
        .filter((other) => imported.has(other) || !named.includes(other))
        .map((other) => `scripts/imports/packages-table.mjs: the exception ${other} of ${name} is of no use any more`),
    ];
  });
}

/** Peer dependencies of our packages below, and whether each is optional for all of them. */
function peersBelow(manifest, manifests, found = new Map()) {
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    const below = manifests.get(name);
    if (!below) continue;
    for (const peer of Object.keys(below.peerDependencies ?? {})) {
      const optional = below.peerDependenciesMeta?.[peer]?.optional === true;
      found.set(peer, optional && found.get(peer) !== false);
    }
    peersBelow(below, manifests, found);
  }
  return found;
}

/** `@scope/name` of `@scope/name/sub/path`; nothing for Node.js modules. */
function packageOf(specifier) {
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return undefined;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
