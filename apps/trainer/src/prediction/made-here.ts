import { basename, dirname, resolve } from 'node:path';
import { MadeFiles } from '@kanrecon/files/node';

/** Whether a file is one that this program made where it lies, and is as it was left. */
export type MadeHere = (path: string) => Promise<boolean>;

/** Asks each folder's record once. */
export function madeHere(): MadeHere {
  const folders = new Map<string, Promise<MadeFiles>>();
  return async (path) => {
    const folder = dirname(resolve(path));
    const known = folders.get(folder) ?? MadeFiles.open(folder);
    folders.set(folder, known);
    const files = await known;
    return files.has(basename(path)) && (await files.state(basename(path))) === 'made';
  };
}
