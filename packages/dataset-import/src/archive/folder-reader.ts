import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { explainFileError, isLitter } from '@kanrecon/files/node';
import { longerThanDeclared, refusedEntry } from './archive-error.js';
import type { ArchiveEntry, ArchiveReader, EntryContent, EntryKind, ReadOptions } from './archive-reader.js';

/** A plain folder, seen as an archive. Hidden files and folders and what operating systems leave are passed over. */
export function openFolder(root: string): ArchiveReader {
  let size = 0;

  async function* walk(prefix: string, next: { index: number }, signal?: AbortSignal): AsyncGenerator<ArchiveEntry> {
    const names = (await readdir(join(root, prefix))).filter((name) => !isLitter(name)).sort();
    for (const name of names) {
      signal?.throwIfAborted();
      const path = prefix === '' ? name : `${prefix}/${name}`;
      const found = await lstat(join(root, path));
      const kind: EntryKind = found.isFile()
        ? 'file'
        : found.isDirectory()
          ? 'folder'
          : found.isSymbolicLink()
            ? 'symbolic link'
            : 'device';
      if (kind === 'file') size += found.size;
      yield { index: next.index++, path, kind, size: kind === 'file' ? found.size : 0, encrypted: false };
      if (kind === 'folder') yield* walk(path, next, signal);
    }
  }

  return {
    format: 'folder',
    get size() {
      return size;
    },
    list({ signal }: ReadOptions = {}) {
      size = 0;
      return walk('', { index: 0 }, signal);
    },
    async *read(wanted, { onProgress, signal }: ReadOptions = {}): AsyncGenerator<EntryContent> {
      let done = 0;
      for (const { index, path, size: declared } of wanted.values()) {
        signal?.throwIfAborted();
        const data = await readFile(join(root, path)).catch((cause) => {
          throw refusedEntry(
            root,
            path,
            `it cannot be read: ${explainFileError(cause, 'reading') ?? cause.message}`,
            cause,
          );
        });
        if (data.length > declared) throw refusedEntry(root, path, longerThanDeclared);
        if (data.length < declared) throw refusedEntry(root, path, 'it became shorter while it was being imported');
        done += data.length;
        onProgress?.(done, size);
        yield { index, data };
      }
    },
    async close() {},
  };
}
