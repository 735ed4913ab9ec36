import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { userTemporaryFolder } from '@kanrecon/files/node';

/**
 * Where the decoded images of a data set are kept: its hidden folder `.cache`; where this user cannot write there, as in a data set
 * that is read-only or was decoded by somebody else, a folder of the user's own among the system's temporary files.
 */
export async function cacheFolder(root: string): Promise<string> {
  const cache = join(root, '.cache');
  if (await isWritable(cache, root)) return cache;
  const path = resolve(root);
  const shown = basename(path)
    .replaceAll(/[^\w.-]+/g, '_')
    .slice(0, 40);
  // By digest: other characters than these are one `_` in what is shown, and a path may be longer than a name can be.
  const digest = createHash('sha256').update(path).digest('hex').slice(0, 16);
  return join(await userTemporaryFolder('kanrecon-cache'), `${shown}-${digest}`);
}

/** Whether files can be written to a folder, or it can be made in the one above. */
async function isWritable(folder: string, above: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' &&
      access(above, constants.W_OK).then(
        () => true,
        () => false,
      ),
  );
}
