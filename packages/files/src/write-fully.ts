import type { FileHandle } from 'node:fs/promises';

/** Writes all of `bytes` at `position`: one call may write less, as when the disk is just full, without an error. */
export async function writeFully(file: Pick<FileHandle, 'write'>, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
