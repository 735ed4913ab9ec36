import { randomUUID } from 'node:crypto';
import { type FileHandle, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeFully } from '@kanrecon/files/node';
import type { ImageFit } from '@kanrecon/image';
import { DatasetError } from '../dataset-error.js';
import {
  type CacheEntry,
  type CacheIndex,
  entriesByPath,
  isCurrent,
  type SourceState,
  writeCacheIndex,
} from './cache-index.js';
import { mapConcurrently } from './map-concurrently.js';
import { readImage } from './read-image.js';

/** Options of {@link buildImageCache}. */
export interface BuildImageCacheOptions {
  readonly indexPath: string;
  readonly imageSize: number;
  readonly fit: ImageFit;
  readonly sources: readonly SourceState[];
  /** An earlier build of the same size and fit, whose rows are copied where the image is unchanged. */
  readonly old?: CacheIndex;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Images that are decoded before they are written, fewer of such as take more than so many bytes together. */
const chunkLength = 32;
const chunkBytes = 2 ** 28;
const concurrentDecodes = 4;
/** An index is written about this often, so that a killed build loses little. */
const checkpointMs = 10_000;
/** A data file that no index names and that has not grown for this long was left by a killed build. */
const abandonedMs = 3_600_000;

/**
 * Writes the pixels of all sources into a new data file, then replaces the index, which switches to the new file. Rows are
 * appended in chunks; an index that is written in between (checkpoint, abort) counts the whole chunks only.
 */
export async function buildImageCache(options: BuildImageCacheOptions): Promise<CacheIndex> {
  const { indexPath, imageSize, fit, sources, old, onProgress, signal } = options;
  const folder = dirname(indexPath);
  const rowBytes = imageSize * imageSize * 3;
  const oldEntries = entriesByPath(old);
  const stem = basename(indexPath, '.json');
  const data = `${stem}-${randomUUID().slice(0, 8)}.bin`;
  await removeAbandoned(folder, stem, old?.data);
  const oldFile = old && (await open(join(folder, old.data), 'r'));
  const file = await open(join(folder, data), 'wx');
  const entries: CacheEntry[] = [];
  let rows = 0;
  let committed = false;
  const commit = async (): Promise<CacheIndex> => {
    await file.sync();
    const index: CacheIndex = { format: 2, imageSize, fit, data, rows, entries };
    await writeCacheIndex(indexPath, index);
    committed = true;
    return index;
  };

  try {
    let lastCommit = performance.now();
    const step = Math.max(1, Math.min(chunkLength, Math.floor(chunkBytes / rowBytes)));
    for (let from = 0; from < sources.length; from += step) {
      const chunk = sources.slice(from, from + step);
      const images = await mapConcurrently(chunk, concurrentDecodes, (source) => pixels(source), signal);
      const good = images.filter((image) => typeof image !== 'string');
      await writeFully(file, Buffer.concat(good), rows * rowBytes);
      images.forEach((image, i) => {
        if (typeof image === 'string') entries.push({ ...chunk[i], row: -1, problem: image });
        else entries.push({ ...chunk[i], row: rows++ });
      });
      onProgress?.(from + chunk.length, sources.length);
      if (performance.now() - lastCommit > checkpointMs) {
        await commit();
        lastCommit = performance.now();
      }
    }
    return await commit();
  } catch (error) {
    // Keep what is there, unless an earlier build has more of it.
    if (entries.length > oldEntries.size) await commit().catch(() => {});
    throw error;
  } finally {
    await file.close();
    await oldFile?.close();
    const superseded = committed ? old?.data : data;
    if (superseded !== undefined) await removeQuietly(join(folder, superseded));
  }

  /** An image's pixels, or why there are none. */
  async function pixels(source: SourceState): Promise<Uint8Array | string> {
    const entry = oldEntries.get(source.path);
    if (isCurrent(entry, source)) {
      if (entry.problem !== undefined) return entry.problem;
      const row = await readRow(oldFile!, entry.row, rowBytes);
      if (row) return row;
    }
    try {
      return (await readImage(source.path, { size: imageSize, fit })).data;
    } catch (error) {
      if (error instanceof DatasetError) return error.problems[0].message;
      throw error;
    }
  }
}

async function readRow(file: FileHandle, row: number, rowBytes: number): Promise<Uint8Array | undefined> {
  const bytes = new Uint8Array(rowBytes);
  const { bytesRead } = await file.read(bytes, 0, rowBytes, row * rowBytes);
  return bytesRead === rowBytes ? bytes : undefined;
}

async function removeAbandoned(folder: string, stem: string, current: string | undefined): Promise<void> {
  const present = await readdir(folder);
  await removeFirstFormat(folder, present);
  const names = present.filter((name) => name.startsWith(`${stem}-`) && name !== current);
  for (const path of names.map((name) => join(folder, name))) {
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > abandonedMs) await removeQuietly(path);
  }
}

/** Caches of format 1, whose images another resizer made, are of no use to anybody; their names are not those of today. */
async function removeFirstFormat(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names.filter((each) => /^images-\d+-[0-9a-f]{16}\.json$/.test(each))) {
    const index = await readFile(join(folder, name), 'utf8')
      .then(JSON.parse)
      .catch(() => undefined);
    if (index?.format !== 1) continue;
    const stem = name.replace(/\.json$/, '');
    for (const old of names.filter((each) => each.startsWith(stem))) await removeQuietly(join(folder, old));
  }
}

/** A file that another process still has open (on Windows it cannot be removed then) is left for the next build. */
function removeQuietly(path: string): Promise<void> {
  return rm(path, { force: true }).catch(() => {});
}
