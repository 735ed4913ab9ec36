import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { checkOptions } from '@kanrecon/geometry';
import { sceneToJson } from '@kanrecon/scene';
import { Tinypool } from 'tinypool';
import type { DatasetProblem } from '../../dataset-error.js';
import { type Sample, type Split, splits } from '../../sample.js';
import { mapConcurrently } from '../map-concurrently.js';
import { scanDataset } from '../scan-dataset.js';
import type { CheckTask, Inspection } from './check-worker.js';
import { labelChecker } from './contradicts-settings.js';
import type { CheckBounds, ComparedSample, DatasetFinding, DatasetReport } from './dataset-report.js';
import { findSameImages, findSameShapes, findSimilarImages } from './find-duplicates.js';
import { parameterHistograms } from './parameter-histograms.js';
import { originsBy, type SampleOrigin } from './sample-origin.js';

/** Options of {@link checkDataset}. */
export interface CheckDatasetOptions extends Partial<CheckBounds> {
  /** Parts of each parameter's range in its histogram. */
  readonly bins?: number;
  /** Worker threads; one a processor when left out. The report does not depend on it. */
  readonly workers?: number;
  /** Told how many images have been looked at. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * The bounds when nothing else is asked for. Faithful images from elsewhere: an intersection over union of .9938 and a difference of
 * 8.6 bytes, the worst of twenty by Blender's EEVEE. Our own: 1 and 0. For those of Blender's Cycles see `compareWithPathTraced`.
 */
const defaults = {
  minIou: 0.99,
  maxDifference: 16,
  minDrawnIou: 0.999,
  maxDrawnDifference: 0.5,
  maxBlenderApart: 0.5,
  nearDuplicate: 0.5,
  bins: 10,
} as const;
const samplesPerTask = 16;

/**
 * Looks at everything in a data set: the files as {@link scanDataset} does, every image decoded, the parameters' distribution,
 * shapes and images that are in two splits, and images that are not what the renderer draws from their label. The scene (surface,
 * camera, pattern, light) comes from `synthesis.json`; without one it is the study's.
 *
 * @throws DatasetError if there is no data set or no usable sample; `signal.reason` when aborted
 */
export async function checkDataset(dir: string, options: CheckDatasetOptions = {}): Promise<DatasetReport> {
  checkOptions('checkDataset', options, { ...defaults, workers: 1, signal: 1, onProgress: 1 });
  const { signal, onProgress } = options;
  const bins = positive('bins', options.bins ?? defaults.bins);
  const workers = positive('workers', options.workers ?? availableParallelism());
  const scan = await scanDataset(dir, { onInvalid: 'skip', signal });
  const { root, samples, surface, scene, settings } = scan;
  const bounds: CheckBounds = {
    minIou: options.minIou ?? defaults.minIou,
    maxDifference: options.maxDifference ?? defaults.maxDifference,
    minDrawnIou: options.minDrawnIou ?? defaults.minDrawnIou,
    maxDrawnDifference: options.maxDrawnDifference ?? defaults.maxDrawnDifference,
    maxBlenderApart: options.maxBlenderApart ?? defaults.maxBlenderApart,
    nearDuplicate: options.nearDuplicate ?? defaults.nearDuplicate,
  };

  const originOf = originsBy(settings);
  const inspections = await inspectAll(
    samples.map((sample) => ({ ...sample, origin: originOf(sample) })),
    { ...(scene && { scene: sceneToJson(scene) }), ...(settings && { seed: settings.seed }) },
    workers,
    onProgress,
    signal,
  );
  const problems: DatasetProblem[] = [...scan.problems];
  const compared: ComparedSample[] = [];
  const contradictions = new Map<string, string>();
  const explainLabel = labelChecker(scene, settings);
  const usable: Sample[] = [];
  const hashes: string[] = [];
  const thumbnails: Uint8Array[] = [];
  samples.forEach((sample, i) => {
    const inspection = inspections[i];
    if ('problem' in inspection) {
      problems.push(inspection.problem);
      return;
    }
    usable.push(sample);
    hashes.push(inspection.hash);
    thumbnails.push(inspection.thumbnail);
    const { split, shape, view, imagePath: path } = sample;
    const label = explainLabel(sample);
    if (label) contradictions.set(path, label);
    if (inspection.comparison) compared.push({ path, split, shape, view, ...inspection.comparison });
  });
  compared.sort((a, b) => a.iou - b.iou || b.difference - a.difference);
  const findings = [
    ...compared.flatMap((sample) => contradiction(sample, bounds, originOf(sample), contradictions.get(sample.path))),
    ...findSameShapes(usable, surface),
    ...findSameImages(usable, hashes),
    ...findSimilarImages(usable, thumbnails, hashes, bounds.nearDuplicate),
  ];
  return {
    root,
    surface: surface.name,
    ...(scene && { scene: scene.name }),
    counts: countOf(usable),
    histograms: parameterHistograms(usable, surface, bins),
    problems,
    findings,
    compared,
    bounds,
  };
}

function contradiction(
  sample: ComparedSample,
  bounds: CheckBounds,
  origin: SampleOrigin,
  label: string | undefined,
): DatasetFinding[] {
  const { path, iou, apart, difference } = sample;
  const settings = label && `the label is not what synthesis.json draws: ${label}`;
  const find = (kind: DatasetFinding['kind'], value: number, message: string) => [
    { kind, path, value, message: settings ? `${message}; ${settings}` : message },
  ];
  const stranger = "the object in the image is not the label's: their outlines";
  if (apart !== undefined) {
    if (apart > bounds.maxBlenderApart) {
      return find('contradicted-label', apart, `${stranger} are ${apart.toFixed(2)} pixels apart on average`);
    }
  } else if (iou < bounds.minIou) {
    return find('contradicted-label', iou, `${stranger} overlap by ${iou.toFixed(4)} (IoU)`);
  }
  if (settings) return [{ kind: 'contradicted-label', path, message: settings }];
  if (origin === 'drawn' && (iou < bounds.minDrawnIou || difference > bounds.maxDrawnDifference)) {
    const how = `the outlines overlap by ${iou.toFixed(4)} (IoU), a part differs by ${difference.toFixed(1)} of 255`;
    return find('altered-image', difference, `the image is not the one that the renderer draws from its label: ${how}`);
  }
  if (difference > bounds.maxDifference) {
    const message = `a part of the image differs from the label's object by ${difference.toFixed(1)} of 255`;
    return find('altered-image', difference, message);
  }
  return [];
}

async function inspectAll(
  samples: CheckTask['samples'],
  shared: Omit<CheckTask, 'samples'>,
  workers: number,
  onProgress: CheckDatasetOptions['onProgress'],
  signal: AbortSignal | undefined,
): Promise<Inspection[]> {
  const tasks: CheckTask[] = [];
  for (let from = 0; from < samples.length; from += samplesPerTask) {
    tasks.push({ ...shared, samples: samples.slice(from, from + samplesPerTask) });
  }
  const threads = Math.min(workers, tasks.length);
  const pool = new Tinypool({
    // Beside this code once it is built.
    filename: fileURLToPath(new URL('./check-worker.js', import.meta.url)),
    name: 'inspectSamples',
    minThreads: threads,
    maxThreads: threads,
    // The worker is plain JavaScript; with the program's own flags it would not start under `node --input-type=module -e …`.
    execArgv: [],
  });
  let done = 0;
  try {
    const results = await mapConcurrently(
      tasks,
      threads,
      async (task) => {
        const found: Inspection[] = await pool.run(task);
        done += found.length;
        onProgress?.(done, samples.length);
        return found;
      },
      signal,
    );
    return results.flat();
  } finally {
    await pool.destroy();
  }
}

function countOf(samples: readonly Sample[]): DatasetReport['counts'] {
  const count = (split: Split) => {
    const own = samples.filter((sample) => sample.split === split);
    return { images: own.length, shapes: new Set(own.map(({ shape }) => shape)).size };
  };
  const [train, val, test] = splits.map(count);
  return { train, val, test };
}

function positive(name: string, value: number): number {
  if (!Number.isInteger(value) || value < 1) {
    throw new Error(`checkDataset: ${name} must be a positive whole number, got ${value}`);
  }
  return value;
}
