import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { explainFileError, makeFolder } from '@kanrecon/files/node';
import { checkOptions, type OptionNames, type ParametricSurface } from '@kanrecon/geometry';
import { type ImageFit, parseImageFit } from '@kanrecon/image';
import { DatasetError, type DatasetProblem } from '../dataset-error.js';
import type { Sample } from '../sample.js';
import { buildImageCache } from './build-image-cache.js';
import {
  type CacheIndex,
  cacheIndexPath,
  entriesByPath,
  isCurrent,
  readCacheIndex,
  type SourceState,
} from './cache-index.js';
import { checkOnInvalid, type OnInvalid } from './check-on-invalid.js';
import { readScene, sameSurface } from './dataset-scene.js';
import { explainUnreadable } from './explain-unreadable.js';
import { ImageCache } from './image-cache.js';
import { mapConcurrently } from './map-concurrently.js';

/** Options of {@link openImageCache}. */
export interface OpenImageCacheOptions {
  /** Whose images; from `scanDataset`. */
  readonly samples: readonly Sample[];
  /** Width and height of the cached images in pixels. */
  readonly imageSize: number;
  /** How images become square; as for `readImage` when left out. Every fit has a cache of its own. */
  readonly fit?: Partial<ImageFit>;
  /** Folder for the cache's files; made when it is not there. It can be deleted whenever no cache in it is open. */
  readonly cacheDir: string;
  /**
   * Whose parameters the samples have, for `targets`. When left out, that of the `synthesis.json` of the samples' data set, or the
   * study's spiral cylinder if there is none.
   */
  readonly surface?: ParametricSurface;
  /** `refuse` throws when an image is missing or corrupt, `skip` leaves its sample out. */
  readonly onInvalid?: OnInvalid;
  /** Told how many images are ready; not called when nothing has to be decoded. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Stops decoding; what has been decoded by then is kept for the next time. */
  readonly signal?: AbortSignal;
}

const defaults = { onInvalid: 'refuse' } as const;
const concurrentStats = 64;
const optionNames: OptionNames<OpenImageCacheOptions> = {
  ...defaults,
  samples: 1,
  imageSize: 1,
  fit: 1,
  cacheDir: 1,
  surface: 1,
  onProgress: 1,
  signal: 1,
};

/**
 * Decodes and resizes every image once (see `readImage` for how) and keeps the pixels in one file, so that training reads
 * bytes instead of PNGs. A second call finds them there. Images that are new or whose size or time of change differ are decoded
 * again, a truncated or damaged cache is noticed and rebuilt, and an interrupted build goes on where its last checkpoint was.
 * Two processes may build the same cache at once: the files of one of them stay.
 *
 * @throws DatasetError if a folder or disk refuses, if the samples' data set is of another surface, and with `refuse` if an image is missing or corrupt (all of them are named);
 *   Error if an option is none of the values it can have
 */
export async function openImageCache(options: OpenImageCacheOptions): Promise<ImageCache> {
  checkOptions('openImageCache', options, optionNames);
  const { samples, imageSize, cacheDir, onInvalid = defaults.onInvalid, onProgress, signal } = options;
  checkOnInvalid('openImageCache', onInvalid);
  if (!Number.isInteger(imageSize) || imageSize < 1) {
    throw new Error(`openImageCache: imageSize must be a positive whole number of pixels, got ${imageSize}`);
  }
  if (samples.length === 0) throw new DatasetError('openImageCache: there are no samples to cache');
  const fit = parseImageFit(options.fit ?? {});
  const surface = await samplesSurface(samples, options.surface);
  const indexPath = cacheIndexPath(
    cacheDir,
    imageSize,
    fit,
    samples.map(({ imagePath }) => resolve(imagePath)),
  );
  const sources = await mapConcurrently(samples, concurrentStats, ({ imagePath }) => sourceState(imagePath), signal);
  const present = sources.filter((source): source is SourceState => 'size' in source);

  let index: CacheIndex;
  try {
    await makeFolder(cacheDir);
    const old = await usableIndex(indexPath, imageSize, fit);
    index = covers(old, present)
      ? old
      : await buildImageCache({ indexPath, imageSize, fit, sources: present, old, onProgress, signal });
  } catch (error) {
    const reason = explainFileError(error);
    if (!reason) throw error;
    throw new DatasetError(`openImageCache: cannot write to ${cacheDir}: ${reason}`, [], { cause: error });
  }

  const entries = entriesByPath(index);
  const problems: DatasetProblem[] = [];
  const rows: number[] = [];
  const usable = samples.filter((_, i) => {
    const source = sources[i];
    if ('kind' in source) {
      problems.push(source);
      return false;
    }
    const { path, row, problem } = entries.get(source.path)!;
    if (problem !== undefined) problems.push({ path, kind: 'corrupt-image', message: problem });
    else rows.push(row);
    return problem === undefined;
  });
  if (problems.length > 0 && (onInvalid === 'refuse' || usable.length === 0)) {
    const count = `${problems.length} of ${samples.length} images`;
    throw new DatasetError(`openImageCache: ${count} cannot be used`, problems);
  }
  const dataPath = join(dirname(indexPath), index.data);
  return new ImageCache({ imageSize, fit, samples: usable, rows: Uint32Array.from(rows), dataPath, problems, surface });
}

/** The one surface of all data sets that the samples come from: an image lies in `<data set>/<split>/images`. */
async function samplesSurface(samples: readonly Sample[], given?: ParametricSurface): Promise<ParametricSurface> {
  const roots = new Set(samples.map(({ imagePath }) => resolve(dirname(imagePath), '..', '..')));
  let surface = given;
  for (const root of roots) {
    const found = (await readScene(root, 'openImageCache', given)).surface;
    if (surface && !sameSurface(surface, found)) {
      throw new DatasetError(`openImageCache: the samples are of two surfaces, ${surface.name} and ${found.name}`);
    }
    surface = found;
  }
  return surface!;
}

async function sourceState(imagePath: string): Promise<SourceState | DatasetProblem> {
  const path = resolve(imagePath);
  try {
    const { size, mtimeMs } = await stat(path);
    return { path, size, mtimeMs };
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const message = missing ? 'there is no such file' : `the file cannot be read: ${explainUnreadable(error)}`;
    return { path, kind: 'missing-image', message };
  }
}

/** The index of an earlier build, less the entries whose rows the data file no longer holds. */
async function usableIndex(indexPath: string, imageSize: number, fit: ImageFit): Promise<CacheIndex | undefined> {
  const index = await readCacheIndex(indexPath, imageSize, fit);
  if (!index) return undefined;
  const rowBytes = imageSize * imageSize * 3;
  const bytes = await stat(join(dirname(indexPath), index.data)).then(
    ({ size }) => size,
    () => -1,
  );
  if (bytes < 0) return undefined;
  const whole = Math.floor(bytes / rowBytes);
  return { ...index, entries: index.entries.filter(({ row }) => row < whole) };
}

function covers(index: CacheIndex | undefined, sources: readonly SourceState[]): index is CacheIndex {
  if (!index) return false;
  const entries = entriesByPath(index);
  return sources.every((source) => isCurrent(entries.get(source.path), source));
}
