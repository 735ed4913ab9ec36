import type { Split } from '@kanrecon/dataset';
import { type DatasetScan, type ImageCache, openImageCache, scanDataset } from '@kanrecon/dataset/node';
import { checkOptions, type OptionNames, type ParametricSurface } from '@kanrecon/geometry';
import type { ReconstructorConfig } from '@kanrecon/model';
import { type Scene, sceneByName } from '@kanrecon/scene';
import type { OnTrainingEvent } from '../../events/training-event.js';
import { TrainingError } from '../../training-error.js';
import { cacheFolder } from './cache-folder.js';

export interface SplitDataOptions {
  /** Folder of the data set. */
  dataset: string;
  splits: readonly Split[];
  /** Whose parameters the run reads; a data set of another surface is refused. */
  surface: ParametricSurface;
  imageSize: number;
  /** How images are brought to that size: the network's way. */
  fit: ReconstructorConfig['fit'];
  /** What to do with a broken label or image. */
  onInvalid: 'refuse' | 'skip';
  onEvent?: OnTrainingEvent;
  signal?: AbortSignal;
}

const splitDataNames: OptionNames<SplitDataOptions> = {
  dataset: 1,
  splits: 1,
  surface: 1,
  imageSize: 1,
  fit: 1,
  onInvalid: 1,
  onEvent: 1,
  signal: 1,
};

/** Decoded images and where each split's samples are among them. */
export interface SplitData {
  cache: ImageCache;
  /** Where the cache's files lie, for what else is computed of the images. */
  cacheDir: string;
  /** Indices into the cache. */
  indices: Readonly<Record<Split, Uint32Array>>;
  /** What its images show; the study's scene where nothing is known. */
  scene: Scene;
  /** Of a synthesised data set. */
  seed?: number;
}

/**
 * Checks a data set's labels, decodes its images into a cache (a hidden folder `.cache` in the data set, or one of the
 * user's own among the system's temporary files where that cannot be written to) and opens that. The caller closes `cache`.
 *
 * @throws TrainingError `empty-split` when a wanted split has no usable sample; DatasetError when its folder is missing, or a file is
 * broken and `onInvalid` is `refuse`
 */
export async function openSplitData(options: SplitDataOptions): Promise<SplitData> {
  checkOptions('openSplitData', options, splitDataNames);
  const { surface, onEvent = () => {} } = options;
  const scan = await scanSplits(options);
  const cacheDir = await cacheFolder(scan.root);
  const cache = await decode(scan, cacheDir, options);
  const problems = [...scan.problems, ...cache.problems];
  if (problems.length > 0) onEvent({ type: 'notice', notice: { code: 'skipped-files', problems } });
  const indicesOf = (split: Split) =>
    Uint32Array.from(cache.samples.flatMap((sample, index) => (sample.split === split ? [index] : [])));
  const indices = { train: indicesOf('train'), val: indicesOf('val'), test: indicesOf('test') };
  return {
    cache,
    cacheDir,
    indices,
    scene: { ...(scan.scene ?? sceneByName('study')), surface },
    seed: scan.settings?.seed,
  };
}

/**
 * The labels of some splits, checked; images are not looked into.
 *
 * @throws TrainingError `empty-split`, DatasetError, as {@link openSplitData}
 */
export async function scanSplits({
  dataset,
  splits,
  surface,
  onInvalid,
  signal,
}: Pick<SplitDataOptions, 'dataset' | 'splits' | 'surface' | 'onInvalid' | 'signal'>): Promise<DatasetScan> {
  const scan = await scanDataset(dataset, { splits, surface, onInvalid, ...(signal && { signal }) });
  for (const split of splits) {
    if (scan.counts[split] > 0) continue;
    const message = `openSplitData: ${dataset} has no usable sample in its ${split} split`;
    throw new TrainingError('empty-split', { dataset, split }, message);
  }
  return scan;
}

async function decode(
  scan: DatasetScan,
  cacheDir: string,
  { imageSize, fit, onInvalid, onEvent, signal }: SplitDataOptions,
) {
  const total = scan.samples.length;
  return openImageCache({
    samples: scan.samples,
    surface: scan.surface,
    imageSize,
    fit,
    cacheDir,
    onInvalid,
    ...(signal && { signal }),
    onProgress: (done) => onEvent?.({ type: 'progress', stage: 'decoding', done, total }),
  });
}
