import { open, stat } from 'node:fs/promises';
import { DatasetError } from '@kanrecon/dataset';
import { explainFileError } from '@kanrecon/files/node';
import { corruptArchive } from './archive-error.js';
import type { ArchiveFormat, ArchiveReader } from './archive-reader.js';

/** Bytes at the start that tell any of the formats; a tar archive is told by bytes 257 to 261. */
const headLength = 512;

/**
 * Opens an archive or a folder. The format is told by the content, not by the name. The library that reads the format is
 * loaded now and not before.
 *
 * @throws DatasetError if there is no such file or it is none of the formats
 */
export async function openArchive(path: string): Promise<ArchiveReader> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error) {
    const reason =
      found.code === 'ENOENT'
        ? 'there is no such file or folder'
        : (explainFileError(found, 'reading') ?? found.message);
    throw new DatasetError(`importDataset: cannot read ${path}: ${reason}`, [], { cause: found });
  }
  if (found.isDirectory()) return (await import('./folder-reader.js')).openFolder(path);
  if (!found.isFile()) throw new DatasetError(`importDataset: ${path} is neither a file nor a folder`);
  const format = formatOf(await readHead(path));
  switch (format) {
    case 'zip':
      return (await import('./zip-reader.js')).openZip(path, found.size);
    case 'rar':
      return (await import('./rar-reader.js')).openRar(path, found.size);
    case 'tar':
    case 'tar.gz':
      return (await import('./tar-reader.js')).openTar(path, found.size, format);
    default:
      throw corruptArchive(path, found.size === 0 ? 'the file is empty' : 'this is no rar, zip, tar or tar.gz archive');
  }
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(headLength);
    const { bytesRead } = await file.read(head, 0, headLength, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function formatOf(head: Buffer): ArchiveFormat | undefined {
  const starts = (...bytes: number[]) => head.subarray(0, bytes.length).equals(Buffer.from(bytes));
  if (starts(0x52, 0x61, 0x72, 0x21, 0x1a, 0x07)) return 'rar';
  // A file, an empty archive, and an archive that was split once and now is whole.
  if (starts(0x50, 0x4b, 3, 4) || starts(0x50, 0x4b, 5, 6) || starts(0x50, 0x4b, 7, 8)) return 'zip';
  if (starts(0x1f, 0x8b)) return 'tar.gz';
  if (head.toString('latin1', 257, 262) === 'ustar' || isOldTar(head)) return 'tar';
  return undefined;
}

/** Whether the first block's checksum is that of a tar header: archives from before 1988 have no other mark. */
function isOldTar(head: Buffer): boolean {
  if (head.length < 512) return false;
  const stored = Number.parseInt(head.toString('latin1', 148, 156), 8);
  let sum = 8 * 32;
  for (let i = 0; i < 512; i++) if (i < 148 || i >= 156) sum += head[i];
  return stored === sum && sum > 8 * 32;
}
