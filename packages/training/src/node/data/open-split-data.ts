import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Split } from '@kanrecon/dataset';
import { type DatasetScan, type ImageCache, openImageCache, scanDataset } from '@kanrecon/dataset/node';
import type { ParametricSurface } from '@kanrecon/geometry';
import { type DatasetPreset, presetByName } from '@kanrecon/scene';
import type { Ui } from 'kanrecon';
import { UserError } from 'kanrecon';

export interface SplitDataOptions {
  /** Folder of the data set. */
  dataset: string;
  splits: readonly Split[];
  /** Whose parameters the run reads; a data set of another surface is refused. */
  surface: ParametricSurface;
  imageSize: number;
  /** What to do with a broken label or image. */
  onInvalid: 'refuse' | 'skip';
  ui: Ui;
  signal: AbortSignal;
}

/** Decoded images and where each split's samples are among them. */
export interface SplitData {
  cache: ImageCache;
  /** Indices into the cache. */
  indices: Readonly<Record<Split, Uint32Array>>;
  /** How its images look; the study's look where nothing is known. */
  look: DatasetPreset;
  /** Of a synthesised data set. */
  seed?: number;
}

/**
 * Checks a data set's labels, decodes its images into a cache (a hidden folder `.cache` in the data set; among the system's
 * temporary files when the data set is read-only) and opens that. The caller closes `cache`.
 *
 * @throws UserError or DatasetError when a wanted split is missing or empty, or a file is broken and `onInvalid` is `refuse`
 */
export async function openSplitData(options: SplitDataOptions): Promise<SplitData> {
  const { dataset, splits, surface, imageSize, onInvalid, ui, signal } = options;
  const scan = await scanDataset(dataset, { splits, surface, onInvalid, signal });
  for (const split of splits) {
    if (scan.counts[split] === 0) throw new UserError(`${dataset} has no usable sample in its ${split} split.`);
  }
  const cache = await decode(scan, imageSize, onInvalid, ui, signal);
  reportSkipped([...scan.problems, ...cache.problems], ui);
  const indicesOf = (split: Split) =>
    Uint32Array.from(cache.samples.flatMap((sample, index) => (sample.split === split ? [index] : [])));
  const indices = { train: indicesOf('train'), val: indicesOf('val'), test: indicesOf('test') };
  return { cache, indices, look: { ...(scan.preset ?? presetByName('study')), surface }, seed: scan.recipe?.seed };
}

async function decode(scan: DatasetScan, imageSize: number, onInvalid: 'refuse' | 'skip', ui: Ui, signal: AbortSignal) {
  const total = scan.samples.length;
  let progress: ReturnType<Ui['progress']> | undefined;
  try {
    return await openImageCache({
      samples: scan.samples,
      surface: scan.surface,
      imageSize,
      cacheDir: await cacheFolder(scan.root),
      onInvalid,
      signal,
      onProgress(done) {
        progress ??= ui.progress({ label: 'Decoding', total, unit: 'images' });
        progress.update(done);
      },
    });
  } finally {
    progress?.stop();
  }
}

async function cacheFolder(root: string): Promise<string> {
  const writable = await access(root, constants.W_OK).then(
    () => true,
    () => false,
  );
  return writable ? join(root, '.cache') : join(tmpdir(), 'kanrecon-cache', resolve(root).replaceAll(/[^\w.-]+/g, '_'));
}

function reportSkipped(problems: readonly { path: string; message: string }[], ui: Ui): void {
  if (problems.length === 0) return;
  const shown = problems.slice(0, 5).map(({ path, message }) => `  ${path}: ${message}`);
  const more = problems.length > shown.length ? [`  … and ${problems.length - shown.length} more`] : [];
  const files = problems.length === 1 ? '1 file of the data set is' : `${problems.length} files of the data set are`;
  ui.warn([`${files} skipped:`, ...shown, ...more].join('\n'));
}
