import { rename, rm, writeFile } from 'node:fs/promises';

/**
 * Writes a file so that a reader, or a crash, finds either the old content or the new, never a half.
 *
 * @throws an error of the file system whose `path` is the file that was wanted
 */
export async function writeFileAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, content);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    // Nobody has asked for the temporary file, and where the disk is full no path is told at all.
    throw Object.assign(error as NodeJS.ErrnoException, { path });
  }
}
