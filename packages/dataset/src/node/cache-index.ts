import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { writeAtomically } from '@kanrecon/files/node';
import { type ImageFit, imageFitDefaults } from '@kanrecon/image';

/** The state of an image file; a file whose size and time are unchanged is taken to be unchanged. */
export interface SourceState {
  /** Absolute; in the file relative to its folder, so that a data set which is moved keeps its cache. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly mtimeMs: number;
}

/** One image of a cache: where its pixels are, or why there are none. */
export interface CacheEntry extends SourceState {
  /** Row in the data file; −1 when the image is corrupt. */
  readonly row: number;
  readonly problem?: string;
}

/** What the JSON file beside the pixels holds. */
export interface CacheIndex {
  /** Goes up when the same fit gives other pixels: until 1, sharp resized. */
  readonly format: 2;
  /** Pixels. */
  readonly imageSize: number;
  /** How the images were brought to that size. */
  readonly fit: ImageFit;
  /** Name of the file with the pixels. Every build has a new one, so replacing the index switches from one to the next. */
  readonly data: string;
  /** Rows in the data file. */
  readonly rows: number;
  readonly entries: readonly CacheEntry[];
}

/**
 * Path of the index for these images, given by absolute paths, at this size and fit; the data files' names begin with the same stem. The
 * usual fit adds nothing to the name, so that what earlier versions left there is replaced.
 */
export function cacheIndexPath(cacheDir: string, imageSize: number, fit: ImageFit, paths: readonly string[]): string {
  const own = paths.map((path) => fromFolder(cacheDir, path));
  const named = sameFit(fit, imageFitDefaults) ? own : [...own, fitKey(fit)];
  const key = createHash('sha256').update(named.join('\n')).digest('hex').slice(0, 16);
  return join(cacheDir, `images-${imageSize}-${key}.json`);
}

/** @returns the index, or `undefined` when there is none that can be used: a cache is rebuilt, never repaired */
export async function readCacheIndex(path: string, imageSize: number, fit: ImageFit): Promise<CacheIndex | undefined> {
  try {
    const index = JSON.parse(await readFile(path, 'utf8')) as CacheIndex;
    const usable =
      index.format === 2 &&
      index.imageSize === imageSize &&
      sameFit(index.fit, fit) &&
      typeof index.data === 'string' &&
      dirname(index.data) === '.' &&
      Array.isArray(index.entries);
    if (!usable) return undefined;
    const entries = index.entries.map((entry) => ({ ...entry, path: resolve(dirname(path), entry.path) }));
    return { ...index, entries };
  } catch {
    return undefined;
  }
}

function sameFit(a: ImageFit, b: ImageFit): boolean {
  return fitKey(a) === fitKey(b);
}

/** A fit as text, whatever the order of its keys. */
function fitKey({ filter, padding, background, shorterSide }: ImageFit): string {
  return JSON.stringify([filter, padding, background, ...(shorterSide === undefined ? [] : [shorterSide])]);
}

/** Commits an index. */
export function writeCacheIndex(path: string, index: CacheIndex): Promise<void> {
  const entries = index.entries.map((entry) => ({ ...entry, path: fromFolder(dirname(path), entry.path) }));
  return writeAtomically(path, JSON.stringify({ ...index, entries }));
}

function fromFolder(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/');
}

/** Whether an entry was made from this very state of the image. */
export function isCurrent(entry: CacheEntry | undefined, source: SourceState): entry is CacheEntry {
  return entry !== undefined && entry.size === source.size && entry.mtimeMs === source.mtimeMs;
}

/** A cache's entries by the absolute path of the image. */
export function entriesByPath(index: CacheIndex | undefined): Map<string, CacheEntry> {
  return new Map(index?.entries.map((entry) => [entry.path, entry]));
}
