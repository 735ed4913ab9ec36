import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The packages of a workspace that are published: libraries in `packages`, programs in `apps`.
 *
 * @param {string} root the workspace's folder
 * @param {{ all?: boolean }} [options] `all`: also those that are not published, such as a page that a program carries along
 * @returns {{ name: string, folder: string, path: string, manifest: Record<string, any> }[]} `name` is the folder's alone, `folder` is
 *   relative to the root, `path` absolute
 */
export function workspacePackages(root, { all = false } = {}) {
  return ['packages', 'apps']
    .filter((group) => existsSync(join(root, group)))
    .flatMap((group) => readdirSync(join(root, group)).map((name) => ({ name, folder: `${group}/${name}` })))
    .map(({ name, folder }) => ({ name, folder, path: join(root, folder) }))
    .filter(({ path }) => existsSync(join(path, 'package.json')))
    .map((item) => ({ ...item, manifest: JSON.parse(readFileSync(join(item.path, 'package.json'), 'utf8')) }))
    .filter(({ manifest }) => all || !manifest.private);
}
