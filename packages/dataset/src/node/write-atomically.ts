import { randomUUID } from 'node:crypto';
import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const temporaryName = /^\..+\.[0-9a-f]{8}\.tmp$/;

/**
 * Writes a file under a temporary name (hidden, in the same folder) and renames it, so that at any moment the path holds
 * either nothing, the old content or the whole new one.
 */
export async function writeAtomically(path: string, data: string | Uint8Array): Promise<void> {
  // The pattern of `temporaryName`.
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}.tmp`);
  try {
    await writeFile(temporary, data);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    // People know the file by its own name.
    throw Object.assign(error as Error, { path });
  }
}

/** Removes what a process that was killed while writing has left in a folder. Nobody else may be writing there. */
export async function removeTemporaryFiles(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (temporaryName.test(name)) await rm(join(folder, name), { force: true });
  }
}
