import { open } from 'node:fs/promises';
import type { Extractor, FileHeader, UnrarError } from 'node-unrar-js';
import { corruptArchive, damagedArchive, damagedEntry, longerThanDeclared, refusedEntry } from './archive-error.js';
import type { ArchiveEntry, ArchiveReader, EntryContent, ReadOptions } from './archive-reader.js';
import { CollectedOutput, type ExtractorHooks } from './collected-output.js';
import { loadUnrar } from './load-unrar.js';
import { type RarHeaders, readRarHeaders } from './rar-headers.js';

// The unpacking library keeps one state for the whole process: archives wait for each other.
let previous: Promise<void> = Promise.resolve();

/**
 * A rar archive, through node-unrar-js (RARLAB's own unpacker as WebAssembly). Its extractor for files reads pieces of the
 * archive as it needs them, also beyond 4 GB; what memory it takes is the dictionary that the archive was packed with (usually
 * 32 MB, at most what WebAssembly can have) and one unpacked file. It works synchronously: a thread waits for each file. Its
 * output is caught in memory, so that no file is ever written under a name from the archive. A solid archive has to be unpacked
 * from its beginning, also when an import resumes.
 */
export async function openRar(path: string, size: number): Promise<ArchiveReader> {
  const unrar = await loadUnrar(path);
  const turn = previous;
  let release = () => {};
  previous = new Promise((resolve) => {
    release = resolve;
  });
  await turn;
  try {
    const file = await open(path, 'r');
    const headers = await readRarHeaders(path, file, size).finally(() => file.close());
    return await reader(unrar, path, size, headers, release);
  } catch (error) {
    release();
    throw error;
  }
}

async function reader(
  { createExtractorFromFile, UnrarError }: Awaited<ReturnType<typeof loadUnrar>>,
  path: string,
  size: number,
  headers: RarHeaders,
  release: () => void,
): Promise<ArchiveReader> {
  const extractor: Extractor = await createExtractorFromFile({
    filepath: path,
    // Never called: the output is caught before. Should a later version of the library call it, nothing is written.
    filenameTransform: () => {
      throw new Error('openRar: the unpacking library does not hand out its output');
    },
  });
  const hooks = extractor as unknown as ExtractorHooks;
  const output = new CollectedOutput(hooks);

  /** Goes through a generator of the library to its end, or closes the archive: it would stay in memory. */
  function* guarded<T>(start: () => Iterator<T>): Generator<T> {
    let iterator: Iterator<T> | undefined;
    let ended = false;
    try {
      iterator = start();
      for (;;) {
        const { done, value } = iterator.next();
        if (done) break;
        yield value;
      }
      ended = true;
    } catch (error) {
      ended = true;
      throw error;
    } finally {
      if (!ended) hooks.closeArc();
    }
  }

  async function* list({ onProgress, signal }: ReadOptions = {}): AsyncGenerator<ArchiveEntry> {
    let index = 0;
    try {
      for (const header of guarded(() => extractor.getFileList().fileHeaders)) {
        signal?.throwIfAborted();
        const walked = headers.files[index];
        if (!walked || !agrees(header, walked))
          throw damagedArchive(path, `the headers of the rar archive disagree, it is damaged`);
        if (walked.size === undefined) throw refusedEntry(path, header.name, 'it does not declare its size');
        const { kind, packedSize, crc32 } = walked;
        const { encrypted } = header.flags;
        onProgress?.(index + 1, headers.files.length);
        yield { index, path: header.name, kind, size: walked.size, packedSize, crc32, encrypted };
        index++;
      }
    } catch (error) {
      throw error instanceof UnrarError ? explained(path, error) : error;
    }
    if (index !== headers.files.length)
      throw damagedArchive(path, `the headers of the rar archive disagree, it is damaged`);
  }

  async function* read(
    wanted: ReadonlyMap<number, ArchiveEntry>,
    { onProgress, signal }: ReadOptions = {},
  ): AsyncGenerator<EntryContent> {
    const order = [...wanted.keys()].sort((a, b) => a - b);
    let next = 0;
    let taken = 0;
    let done = 0;
    const isWanted = (): boolean => {
      const entry = wanted.get(next++);
      if (entry) output.begin(entry.size);
      return entry !== undefined;
    };
    const last = order.at(-1);
    if (last === undefined) return;
    try {
      for (const _ of guarded(() => extractor.extract({ files: isWanted }).files)) {
        const entry = wanted.get(order[taken++])!;
        if (output.length < entry.size) throw damagedEntry(path, entry.path);
        done += entry.packedSize ?? 0;
        onProgress?.(done, size);
        yield { index: entry.index, data: output.take() };
        // Between two files others have their turn, among them what aborts.
        await new Promise((resolve) => setImmediate(resolve));
        signal?.throwIfAborted();
        if (entry.index === last) return;
      }
    } catch (error) {
      if (output.overflowed) throw refusedEntry(path, wanted.get(order[taken])?.path ?? '', longerThanDeclared, error);
      throw error instanceof UnrarError ? explained(path, error) : error;
    }
  }

  return {
    format: 'rar',
    size,
    list,
    read,
    async close() {
      output.take();
      release();
    },
  };
}

/** Whether the library sees the same file as we do. It gives the lower half of sizes. */
function agrees(header: FileHeader, walked: RarHeaders['files'][number]): boolean {
  const sizeAgrees = walked.size === undefined || header.unpSize >>> 0 === walked.size % 2 ** 32;
  return sizeAgrees && header.packSize >>> 0 === walked.packedSize % 2 ** 32;
}

function explained(path: string, error: UnrarError): unknown {
  const { reason, file } = error;
  switch (reason) {
    case 'ERAR_MISSING_PASSWORD':
    case 'ERAR_BAD_PASSWORD':
      return corruptArchive(path, 'the archive is protected by a password', error);
    case 'ERAR_NO_MEMORY':
      return corruptArchive(
        path,
        'unpacking it takes more memory than WebAssembly can have; unpack it with another program and import the folder',
        error,
      );
    default:
      if (file) return damagedEntry(path, file, error);
      return damagedArchive(path, `the rar archive is damaged`, error);
  }
}
