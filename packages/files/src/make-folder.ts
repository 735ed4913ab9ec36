import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those above it, as `mkdir -p`. Node's own recursive `mkdir` never returns where a file system answers that there
 * is no such folder although there is, as Linux' /proc does.
 *
 * @returns the topmost folder that was made, or undefined if all were there
 * @throws an error of the file system with `code` and `path`; `ENOTSUP` where the file system takes no folders
 */
export async function makeFolder(path: string): Promise<string | undefined> {
  const target = resolve(path);
  const parent = dirname(target);
  try {
    await mkdir(target);
    return target;
  } catch (error) {
    if (await isDirectory(target)) return undefined;
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === target) throw error;
    if (await isDirectory(parent)) {
      throw Object.assign(new Error(`no folder can be made: ${target}`, { cause: error }), {
        code: 'ENOTSUP',
        path: target,
      });
    }
  }
  const first = await makeFolder(parent);
  // Another process may make it at the same moment.
  const second = await makeFolder(target);
  return first ?? second;
}

function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
