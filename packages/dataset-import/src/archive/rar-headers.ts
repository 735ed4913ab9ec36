import type { FileHandle } from 'node:fs/promises';
import { corruptArchive, damagedArchive } from './archive-error.js';
import type { RarFileHeader, ReadAt } from './rar-block.js';
import { readRar4Block } from './rar4-block.js';
import { readRar5Block } from './rar5-block.js';

/** What {@link readRarHeaders} found. */
export interface RarHeaders {
  readonly solid: boolean;
  readonly files: readonly RarFileHeader[];
}

/** More files than any data set has; keeps a hostile archive from filling the memory while it is listed. */
const fileLimit = 4_000_000;

/**
 * Walks through the headers of a rar archive (versions 4 and 5, by the format's published description). Read by hand is
 * only what the unpacking library cannot say: it tells names and which files are encrypted, but neither links and devices, nor the upper
 * half of a size, nor that a file has no checksum, and takes what it cannot find for the end.
 *
 * @throws DatasetError if the archive is damaged, truncated, one of several volumes or has encrypted headers
 */
export async function readRarHeaders(path: string, file: FileHandle, size: number): Promise<RarHeaders> {
  const readAt: ReadAt = async (position, length) => {
    const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - position)));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
    return buffer.subarray(0, bytesRead);
  };
  const signature = await readAt(0, 8);
  const version5 = signature[6] === 1 && signature[7] === 0;
  if (!version5 && signature[6] !== 0) throw corruptArchive(path, 'this version of the rar format cannot be read');
  const readBlock = version5 ? readRar5Block : readRar4Block;

  const files: RarFileHeader[] = [];
  let solid = false;
  let position = version5 ? 8 : 7;
  while (position < size) {
    const block = await readBlock(readAt, position);
    if (block === 'truncated') throw truncated();
    if (block === 'damaged') throw damagedArchive(path, `the rar archive is damaged at byte ${position}`);
    if (block.type === 'encryption') throw corruptArchive(path, 'the archive is protected by a password');
    if (block.volume) {
      throw corruptArchive(path, 'this is one volume of a rar archive in several volumes, which cannot be read here');
    }
    if (block.type === 'end') return { solid, files };
    if (block.solid) solid = true;
    if (block.file) files.push(block.file);
    if (files.length > fileLimit) throw corruptArchive(path, `it has more than ${fileLimit} entries`);
    if (block.next > size) throw truncated();
    position = block.next;
  }
  // Archives of version 4 need not have an end block.
  if (version5) throw truncated();
  return { solid, files };

  function truncated() {
    return damagedArchive(path, `the archive is truncated: its end is missing`);
  }
}
