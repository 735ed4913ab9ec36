import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Packages whose name says for which machine they are built, of which npm installs the one or two that fit: one row in the table, with
 * figures of linux-x64. What is looked at is the package of linux-x64 wherever it is installed.
 */
const families = [
  { name: '@img/sharp-libvips-*', begins: '@img/sharp-libvips-', measured: '@img/sharp-libvips-linux-x64' },
  { name: '@img/sharp-*', begins: '@img/sharp-', measured: '@img/sharp-linux-x64' },
];

/**
 * @typedef {object} Dependency
 * @property {string} name
 * @property {string} version as installed; of a family and of what is not installed: as asked for
 * @property {unknown} says the licence that its package.json names; `undefined` if it is not installed
 * @property {number} [bytes] `undefined` if it is not installed
 * @property {boolean} family whether it stands for packages of several machines
 * @property {Set<string>} namedBy packages that name it
 * @property {'with it' | 'peer' | 'optional peer'} kind how it comes: the strongest of all ways
 */

const kinds = /** @type {const} */ (['with it', 'peer', 'optional peer']);

/**
 * All packages from elsewhere that published packages need when they run, and what those need in turn.
 *
 * @param {{ path: string, manifest: Record<string, any> }[]} packages ours
 * @returns {{ dependencies: Map<string, Dependency>, brought: Map<string, Set<string>> }} by name; and the names of those that come along
 *   when one of ours is installed: all but optional peers
 */
export function findDependencies(packages) {
  /** @type {Map<string, Dependency>} */
  const dependencies = new Map();
  const own = new Map(packages.map((item) => [item.manifest.name, item]));
  /** @type {Map<string, Set<string>>} */
  const brought = new Map();

  for (const { path, manifest } of packages) {
    /** @type {Set<string>} */
    const along = new Set();
    walk(path, manifest, 'with it', along, new Set());
    brought.set(manifest.name, along);
  }
  return { dependencies, brought };

  /**
   * @param {string} path
   * @param {Record<string, any>} manifest
   * @param {Dependency['kind']} kind
   * @param {Set<string>} along
   * @param {Set<string>} seen
   */
  function walk(path, manifest, kind, along, seen) {
    const optionalPeers = manifest.peerDependenciesMeta ?? {};
    const named = [
      ...names(manifest.dependencies, kind),
      ...names(manifest.optionalDependencies, kind),
      // Those of packages from elsewhere are for their users to choose, and stand in ours if we did.
      ...(own.has(manifest.name)
        ? Object.entries(manifest.peerDependencies ?? {}).map(([name, range]) => ({
            name,
            range,
            kind: weaker(kind, optionalPeers[name]?.optional ? 'optional peer' : 'peer'),
          }))
        : []),
    ];
    for (const { name, range, kind } of named) {
      const ours = own.get(name);
      const key = `${kind} ${name}`;
      if (ours) {
        if (!seen.has(key)) walk(ours.path, ours.manifest, kind, along, seen.add(key));
        continue;
      }
      const found = look(path, name, range);
      const entry = dependencies.get(found.name) ?? { ...found, namedBy: new Set(), kind };
      dependencies.set(found.name, entry);
      // An optional peer may be installed for the package that needs it and not for those that pass it on.
      if (entry.bytes === undefined && found.bytes !== undefined) Object.assign(entry, found);
      if (found.bytes !== undefined && entry.version !== found.version && !entry.family) {
        throw new Error(`${name} is there in two versions, ${entry.version} and ${found.version}; the table has one`);
      }
      entry.namedBy.add(manifest.name);
      if (kinds.indexOf(kind) < kinds.indexOf(entry.kind)) entry.kind = kind;
      if (kind !== 'optional peer') along.add(found.name);
      if (seen.has(key) || !found.path) continue;
      walk(found.path, found.manifest, kind, along, seen.add(key));
    }
  }
}

/** @returns {{ name: string, range: string, kind: Dependency['kind'] }[]} */
function names(/** @type {Record<string, string>} */ list = {}, /** @type {Dependency['kind']} */ kind) {
  return Object.entries(list).map(([name, range]) => ({ name, range, kind }));
}

/** @param {Dependency['kind']} a @param {Dependency['kind']} b */
function weaker(a, b) {
  return kinds[Math.max(kinds.indexOf(a), kinds.indexOf(b))];
}

function look(/** @type {string} */ from, /** @type {string} */ name, /** @type {string} */ range) {
  const family = families.find(({ begins }) => name.startsWith(begins));
  const path = installed(from, family?.measured ?? name);
  if (!path) return { name: family?.name ?? name, version: range, says: undefined, family: family !== undefined };
  const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const { version, license: says } = manifest;
  const shown = { name: family?.name ?? name, version, says, bytes: bytesOf(path), family: family !== undefined };
  return { ...shown, path, manifest };
}

/** Where Node.js finds a package from a folder; our own are links. */
function installed(/** @type {string} */ from, /** @type {string} */ name) {
  for (let folder = realpathSync(from); ; folder = dirname(folder)) {
    const path = join(folder, 'node_modules', name);
    if (existsSync(join(path, 'package.json'))) return realpathSync(path);
    if (dirname(folder) === folder) return undefined;
  }
}

/** @type {Map<string, number>} */
const sizes = new Map();

function bytesOf(/** @type {string} */ path) {
  const known = sizes.get(path);
  if (known !== undefined) return known;
  let bytes = 0;
  for (const entry of readdirSync(path)) {
    if (entry === 'node_modules') continue;
    const inner = join(path, entry);
    const found = lstatSync(inner);
    bytes += found.isDirectory() ? bytesOf(inner) : found.size;
  }
  sizes.set(path, bytes);
  return bytes;
}
