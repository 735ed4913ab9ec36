import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { ReadEntry } from 'tar';
import { Parser } from 'tar';
import { corruptArchive, damagedArchive, longerThanDeclared, refusedEntry } from './archive-error.js';
import type { ArchiveEntry, ArchiveReader, EntryContent, EntryKind, ReadOptions } from './archive-reader.js';

/** Behind its end an archive is filled up to a whole record, and gzip has its checksum there; what is longer is not read. */
const trailingLimit = 1 << 24;
/** What may lie between entries: headers, in which long names and the like can be. */
const entryOverhead = 1 << 16;
const archiveOverhead = 1 << 24;

/**
 * A tar archive, plain or through gzip, by way of the package "tar" (its parser alone). A tar archive has no directory, so it is
 * read through twice, once to list it and once for the content; memory does not grow with it. Headers of more than 1 MiB are
 * refused.
 */
export function openTar(path: string, size: number, format: 'tar' | 'tar.gz'): ArchiveReader {
  /** Goes through the archive; yields what `take` has put into `ready` after every piece. */
  async function* pass<T>(
    { onProgress, signal }: ReadOptions,
    take: (entry: ReadEntry, ready: T[]) => void,
  ): AsyncGenerator<T> {
    const ready: T[] = [];
    let failure: Error | undefined;
    let ended = false;
    let trailing = 0;
    let unpacked = 0;
    let allowed = archiveOverhead;
    const parser = new Parser({
      strict: true,
      // Packed archives are unpacked here, where the bytes can be counted.
      gzip: false,
      brotli: false,
      zstd: false,
      onReadEntry: (entry) => {
        allowed += entryOverhead + entry.size;
        take(entry, ready);
      },
    });
    parser.on('error', (error: Error) => {
      failure ??= error;
    });
    parser.on('eof', () => {
      ended = true;
    });
    parser.on('ignoredEntry', (entry: ReadEntry) => {
      failure ??= refusedEntry(path, entry.path, `it is of a kind that cannot be read (${entry.type})`);
    });
    const file = createReadStream(path, { highWaterMark: 1 << 18, signal });
    const source = format === 'tar.gz' ? file.pipe(createGunzip()) : file;
    if (source !== file) file.on('error', (error) => source.destroy(error));
    try {
      for await (const chunk of source as AsyncIterable<Buffer>) {
        // Behind the end nothing is parsed: the parser would keep all of it.
        if (ended) {
          trailing += chunk.length;
          if (trailing > trailingLimit || format === 'tar') break;
          continue;
        }
        if (!parser.write(chunk)) await once(parser, 'drain');
        onProgress?.(file.bytesRead, size);
        if (failure) throw failure;
        yield* ready.splice(0);
        unpacked += chunk.length;
        if (unpacked > allowed) throw corruptArchive(path, moreThanEntries);
      }
      parser.end();
      if (failure) throw failure;
      yield* ready.splice(0);
    } catch (error) {
      throw explained(error);
    } finally {
      file.destroy();
      source.destroy();
    }
    if (!ended) throw damagedArchive(path, `the archive is truncated: its end is missing`);
  }

  function explained(error: unknown): unknown {
    const { code, name, entry } = error as NodeJS.ErrnoException & { entry?: ReadEntry };
    if (name === 'DatasetError' || name === 'AbortError') return error;
    // "tar" hands over the entry that the end came in the middle of; of nothing else that stops it it names one.
    const truncated = code === 'Z_BUF_ERROR' || (code === 'TAR_BAD_ARCHIVE' && entry !== undefined);
    if (truncated) return damagedArchive(path, `the archive is truncated: its end is missing`, error);
    if (code?.startsWith('Z_')) return damagedArchive(path, `the gzip data is damaged`, error);
    if (code?.startsWith('TAR_')) return damagedArchive(path, `the tar archive is damaged`, error);
    return error;
  }

  return {
    format,
    size,
    async *list(options: ReadOptions = {}): AsyncGenerator<ArchiveEntry> {
      let index = 0;
      yield* pass<ArchiveEntry>(options, (entry, ready) => {
        ready.push(describe(entry, index++));
        entry.resume();
      });
    },
    async *read(wanted, options: ReadOptions = {}): AsyncGenerator<EntryContent> {
      let next = 0;
      yield* pass<EntryContent>(options, (entry, ready) => {
        const index = next++;
        const expected = wanted.get(index);
        if (!expected) {
          entry.resume();
          return;
        }
        if (entry.path !== expected.path || entry.size > expected.size) {
          throw refusedEntry(path, entry.path, longerThanDeclared);
        }
        const chunks: Uint8Array[] = [];
        // Copied: the parser hands out pieces of buffers that it may use again.
        entry.on('data', (chunk: Buffer) => chunks.push(Buffer.from(chunk)));
        entry.on('end', () => ready.push({ index, data: Buffer.concat(chunks) }));
      });
    },
    async close() {},
  };
}

const moreThanEntries = 'it unpacks to more than its entries declare, as archives made to fill disks do';

function describe(entry: ReadEntry, index: number): ArchiveEntry {
  const kind = kinds[entry.type] ?? 'device';
  return { index, path: entry.path, kind, size: kind === 'file' ? entry.size : 0, encrypted: false };
}

const kinds: Readonly<Record<string, EntryKind>> = {
  File: 'file',
  OldFile: 'file',
  ContiguousFile: 'file',
  Directory: 'folder',
  GNUDumpDir: 'folder',
  SymbolicLink: 'symbolic link',
  Link: 'hard link',
};
