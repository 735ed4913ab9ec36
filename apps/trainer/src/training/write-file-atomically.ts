import { rename, writeFile } from 'node:fs/promises';

/** Writes a file so that a reader, or a crash, finds either the old content or the new, never a half. */
export async function writeFileAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, content);
  await rename(temporary, path);
}
