import { resolve } from 'node:path';
import { makeFolder } from './make-folder.js';
import { removeEmptyFolders } from './remove-empty-folders.js';

/**
 * Makes the folder that some work writes to before the work, so that one that cannot be made is known soon. A folder that stays empty
 * because something is wrong is taken away again.
 *
 * @throws an error of the file system with `code` and `path`, which `explainFileError` puts into words; what `work` throws
 */
export async function withFolder<T>(out: string, work: () => Promise<T>): Promise<T> {
  const firstMade = await makeFolder(resolve(out));
  try {
    return await work();
  } finally {
    if (firstMade) await removeEmptyFolders(resolve(out), firstMade);
  }
}
