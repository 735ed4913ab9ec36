import { crc32 } from 'node:zlib';
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl';
import { corruptArchive, damagedArchive, damagedEntry, longerThanDeclared, refusedEntry } from './archive-error.js';
import type { ArchiveEntry, ArchiveReader, EntryContent, ReadOptions } from './archive-reader.js';
import { kindOfMode } from './kind-of-mode.js';

/**
 * A zip archive, through yauzl: it reads the directory at the end of the archive and then single entries from the file, so that
 * memory does not grow with the archive (ZIP64 included). fflate, the other library at hand, either wants the whole archive in
 * memory or goes by the local headers, which need not agree with the directory and which ZIP64 archives leave unfilled.
 */
export async function openZip(path: string, size: number): Promise<ArchiveReader> {
  let zip: ZipFile = await open(path);
  const found = new Map<number, Entry>();

  async function* list({ onProgress, signal }: ReadOptions = {}): AsyncGenerator<ArchiveEntry> {
    if (found.size > 0) {
      zip.close();
      zip = await open(path);
      found.clear();
    }
    try {
      for await (const entry of zip.eachEntry()) {
        signal?.throwIfAborted();
        const index = found.size;
        if (entry.compressionMethod === 0 && !isEncrypted(entry) && entry.compressedSize !== entry.uncompressedSize) {
          throw damagedArchive(path, damaged);
        }
        found.set(index, entry);
        onProgress?.(index + 1, zip.entryCount);
        yield describe(entry, index);
      }
    } catch (error) {
      throw explained(path, error);
    }
  }

  return {
    format: 'zip',
    size,
    list,
    async *read(wanted, { onProgress, signal }: ReadOptions = {}): AsyncGenerator<EntryContent> {
      let done = 0;
      for (const entry of wanted.values()) {
        signal?.throwIfAborted();
        const data = await readEntry(path, zip, found.get(entry.index)!, entry);
        done += entry.packedSize ?? 0;
        onProgress?.(done, size);
        yield { index: entry.index, data };
      }
    },
    async close() {
      zip.close();
    },
  };
}

async function open(path: string): Promise<ZipFile> {
  try {
    // Names are decoded here and checked by our own rules, whose messages name the entry. Sizes, too: yauzl's errors have no code that
    // would tell content that is too long from content that is damaged.
    return await openPromise(path, { autoClose: false, decodeStrings: false, validateEntrySizes: false });
  } catch (error) {
    throw explained(path, error);
  }
}

function describe(entry: Entry, index: number): ArchiveEntry {
  const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
  const kind = kindOfMode(entry.externalFileAttributes >>> 16);
  const unreadable = explainMethod(entry.compressionMethod);
  return {
    index,
    path: name,
    kind: /[\\/]$/.test(name) && kind === 'file' ? 'folder' : kind,
    size: entry.uncompressedSize,
    packedSize: entry.compressedSize,
    crc32: entry.crc32,
    encrypted: isEncrypted(entry),
    ...(unreadable !== undefined && { unreadable }),
  };
}

function isEncrypted(entry: Entry): boolean {
  return (entry.generalPurposeBitFlag & 1) !== 0;
}

/** Names of the methods that are met, by the number that the format's description gives them. */
const methodNames: Readonly<Record<number, string>> = {
  1: 'Shrink',
  6: 'Implode',
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  98: 'PPMd',
};

/** Read are content as it is (0) and Deflate (8). */
function explainMethod(method: number): string | undefined {
  if (method === 0 || method === 8) return undefined;
  const name = Object.hasOwn(methodNames, method) ? methodNames[method] : `method ${method}`;
  return `is compressed by ${name}, which cannot be read here; unpack the archive with another program and import the folder`;
}

async function readEntry(archive: string, zip: ZipFile, entry: Entry, described: ArchiveEntry): Promise<Uint8Array> {
  const { path, size } = described;
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      length += chunk.length;
      if (length > size) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw damagedEntry(archive, path, cause);
  }
  if (length > size) throw refusedEntry(archive, path, longerThanDeclared);
  const data = Buffer.concat(chunks);
  if (length < size || crc32(data) !== described.crc32) {
    throw damagedEntry(archive, path);
  }
  return data;
}

const damaged = 'the zip archive is truncated or damaged';

/**
 * yauzl's errors in our words. Errors of the file system and ours pass. By its message alone yauzl tells of an archive in several parts and
 * of one whose directory is encrypted: it gives no code, and no entry to look at. In other words of a later version they would be called
 * damaged, which a test would find.
 */
function explained(path: string, error: unknown): unknown {
  const { code, message, name } = error as NodeJS.ErrnoException;
  if (name === 'DatasetError' || name === 'AbortError' || /^E[A-Z]+$/.test(code ?? '')) return error;
  if (/multi-disk/i.test(message)) {
    return corruptArchive(path, 'this is one part of a zip archive in several parts; join them first', error);
  }
  if (/encrypt/i.test(message)) return corruptArchive(path, 'the archive is protected by a password', error);
  return damagedArchive(path, damaged, error);
}
