import { chmod, lstat, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkOptions } from './check-options.js';

/** Options of {@link userTemporaryFolder}. */
export interface UserTemporaryFolderOptions {
  /** Folder that all users share; the system's for temporary files when left out. */
  readonly shared?: string;
  /** Number of the user; of the one whose process this is when left out. Windows has none, nor a shared folder. */
  readonly user?: number;
}

/**
 * A folder among the system's temporary files that belongs to this user alone (permissions 0700) and is the same at every call:
 * `<shared>/<name>-<number of the user>`. Where somebody else has put something of that name, which must be neither trusted nor in
 * the way, a new one is made at every call.
 *
 * @param name what the folder is for, such as `kanrecon-cache`
 * @throws an error of the file system with `code` and `path`
 */
export async function userTemporaryFolder(name: string, options: UserTemporaryFolderOptions = {}): Promise<string> {
  checkOptions('userTemporaryFolder', options, { shared: 1, user: 1 });
  const { shared = tmpdir(), user = process.geteuid?.() } = options;
  const path = join(shared, user === undefined ? name : `${name}-${user}`);
  await mkdir(path, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  // Not stat: a link of somebody else's may lead into a folder of ours.
  const found = await lstat(path);
  const own = found.isDirectory() && (user === undefined || found.uid === user);
  if (!own) return mkdtemp(`${path}-`);
  if (user !== undefined && (found.mode & 0o777) !== 0o700) await chmod(path, 0o700);
  return path;
}
