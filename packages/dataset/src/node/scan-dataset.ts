import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isLitter } from '@kanrecon/files/node';
import { checkOptions, type OptionNames, type ParametricSurface } from '@kanrecon/geometry';
import type { Scene } from '@kanrecon/scene';
import { DatasetError, type DatasetProblem } from '../dataset-error.js';
import { splits as allSplits, type Sample, type Split } from '../sample.js';
import { checkOnInvalid, type OnInvalid } from './check-on-invalid.js';
import { type DatasetScene, readScene } from './dataset-scene.js';
import { decodeImage } from './decode-image.js';
import { findDatasetRoot, isFolder } from './find-dataset-root.js';
import { unfinishedImport } from './import-state.js';
import { listSplit, type SplitListing } from './list-split.js';
import type { SynthesisSettings } from './manifest-schema.js';
import { mapConcurrently } from './map-concurrently.js';
import { missingSamples } from './missing-samples.js';
import { readSample } from './read-sample.js';

/** Options of {@link scanDataset}. */
export interface ScanDatasetOptions {
  /** `refuse` throws when anything is wrong, `skip` leaves the affected samples out and reports them. */
  readonly onInvalid?: OnInvalid;
  /** Which splits to read; all that are there when left out. */
  readonly splits?: readonly Split[];
  /** Also decode every image (slow, needs sharp). Otherwise a corrupt one is found when it is read. */
  readonly checkImages?: boolean;
  /**
   * Whose parameters the labels hold. When left out, that of the data set's `synthesis.json`, or the study's spiral cylinder if
   * there is none.
   */
  readonly surface?: ParametricSurface;
  /** Told how many labels (and images, with `checkImages`) have been read. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** What {@link scanDataset} found. */
export interface DatasetScan {
  /** The folder with train, val and test in it. */
  readonly root: string;
  /** Usable samples: train, val, test, each by shape and view. */
  readonly samples: Sample[];
  readonly problems: DatasetProblem[];
  /** Usable samples of each split. */
  readonly counts: Readonly<Record<Split, number>>;
  /** Whose parameters the labels hold. */
  readonly surface: ParametricSurface;
  /** How the images look: what `synthesis.json` says; `study` if there is none and the surface is the study's. */
  readonly scene?: Scene;
  /** What the data set was made from, if it was synthesised. */
  readonly settings?: SynthesisSettings;
}

const defaults = { onInvalid: 'refuse', checkImages: false } as const;
const optionNames: OptionNames<ScanDatasetOptions> = {
  ...defaults,
  splits: 1,
  surface: 1,
  onProgress: 1,
  signal: 1,
};
const concurrentReads = 32;
const concurrentDecodes = 4;

/**
 * Reads the labels of a data set in the study's layout (`<dir>/{train,val,test}/{images,labels}`, `dir` may also be the folder
 * above `dataset_cilindro_spiralato`) and checks that every image has a label, every label an image, and that no file is there
 * that does not belong; that an import or a synthesis was not interrupted; and that every view that `synthesis.json` names is there
 * (in the splits that are read). Hidden files and those that operating systems leave (`isLitter` of
 * `@kanrecon/files`) are passed over.
 *
 * @throws DatasetError if the folder holds no data set or no usable sample, its `synthesis.json` names another surface than is asked
 *   for or is of a newer format, and with `refuse` if anything is wrong at all;
 *   its `problems` say what and where; Error if an option is none of the values it can have
 */
export async function scanDataset(dir: string, options: ScanDatasetOptions = {}): Promise<DatasetScan> {
  checkOptions('scanDataset', options, optionNames);
  const { splits, onProgress, signal } = options;
  const { onInvalid = defaults.onInvalid, checkImages = defaults.checkImages } = options;
  checkOnInvalid('scanDataset', onInvalid);
  for (const split of splits ?? []) {
    if (allSplits.includes(split)) continue;
    throw new Error(`scanDataset: unknown split; expected ${allSplits.join(', ')}, got ${JSON.stringify(split)}`);
  }
  const root = await findDatasetRoot(dir, 'scanDataset');
  const present = await presentSplits(root, splits);
  const shown = await readScene(root, 'scanDataset', options.surface);
  const { surface } = shown;

  const listings = await Promise.all(present.map((split) => listSplit(root, split)));
  const pairs = listings.flatMap((listing) => listing.pairs);
  let done = 0;
  const total = pairs.length * (checkImages ? 2 : 1);
  const advance = () => onProgress?.(++done, total);

  const read = await mapConcurrently(
    pairs,
    concurrentReads,
    async (pair) => {
      const result = await readSample(pair, surface);
      advance();
      return result;
    },
    signal,
  );
  // Not pushed as arguments: there may be more of them than a call can take.
  const problems: DatasetProblem[] = [
    ...shown.problems,
    ...(await unfinishedImport(root)),
    ...(await rootProblems(root)),
    ...listings.flatMap((listing) => listing.problems),
    ...(await incompleteness(root, shown, splits, listings)),
    ...read.flatMap((result) => ('kind' in result ? [result] : [])),
  ];
  let samples = withoutRepeats(
    read.flatMap((result) => ('kind' in result ? [] : [result])),
    problems,
  );
  if (checkImages) {
    const decodable = await mapConcurrently(
      samples,
      concurrentDecodes,
      async ({ imagePath }) => {
        const problem = await decodeProblem(imagePath);
        advance();
        if (problem) problems.push(problem);
        return !problem;
      },
      signal,
    );
    samples = samples.filter((_, index) => decodable[index]);
  }

  problems.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  if (onInvalid === 'refuse' && problems.length > 0) {
    throw new DatasetError(`scanDataset: ${root} has ${plural(problems.length, 'problem')}`, problems);
  }
  if (samples.length === 0) throw new DatasetError(`scanDataset: ${root} has no usable sample`, problems);
  const { scene, settings } = shown;
  return { root, samples, problems, counts: countSamples(samples), surface, scene, settings };
}

/** Views that the settings name and that are nowhere. A synthesis that was interrupted has a problem of its own. */
async function incompleteness(
  root: string,
  { settings, problems }: DatasetScene,
  wanted: readonly Split[] = allSplits,
  listings: readonly SplitListing[],
): Promise<DatasetProblem[]> {
  if (!settings || problems.length > 0) return [];
  const listed = new Set(listings.map(({ split }) => split));
  const others = await Promise.all(
    allSplits.filter((split) => !listed.has(split)).map((split) => listSplit(root, split)),
  );
  const present = [...listings, ...others].flatMap((listing) => listing.present);
  return missingSamples(root, settings, wanted, present);
}

async function rootProblems(root: string): Promise<DatasetProblem[]> {
  const known = /^(?:train|val|test|synthesis\.json|README.*|LICEN[CS]E.*)$/i;
  return (await readdir(root))
    .filter((name) => !known.test(name) && !isLitter(name))
    .map((name) => ({ path: join(root, name), kind: 'unknown-file', message: 'this does not belong to a data set' }));
}

async function presentSplits(root: string, wanted: readonly Split[] | undefined): Promise<Split[]> {
  const present: Split[] = [];
  for (const split of allSplits) {
    if (wanted && !wanted.includes(split)) continue;
    if (await isFolder(join(root, split), 'scanDataset')) present.push(split);
    else if (wanted) throw new DatasetError(`scanDataset: ${root} has no folder "${split}"; ${remedyFor(split)}`);
  }
  return present;
}

/** What to do about a part of a data set that is missing. */
function remedyFor(split: Split): string {
  return `expected ${split}/images and ${split}/labels in it; add them, or use a data set with train, val and test, as "kanrecon synth" makes one`;
}

/** Drops a second label for one view, and a shape's samples in every split but its first. */
function withoutRepeats(samples: readonly Sample[], problems: DatasetProblem[]): Sample[] {
  const splitOfShape = new Map<number, Split>();
  const seen = new Set<string>();
  const reported = new Set<string>();
  return samples.filter(({ split, shape, view, labelPath: path }) => {
    const home = splitOfShape.get(shape) ?? split;
    splitOfShape.set(shape, home);
    if (home !== split) {
      const key = `${shape} ${split}`;
      const message = `shape ${shape} is in ${home} and in ${split}; a shape must lie in one split only`;
      if (!reported.has(key)) problems.push({ path, kind: 'duplicate-shape', message });
      reported.add(key);
      return false;
    }
    const key = `${shape} ${view}`;
    if (seen.has(key)) {
      problems.push({ path, kind: 'duplicate-sample', message: `view ${view} of shape ${shape} has another label` });
      return false;
    }
    seen.add(key);
    return true;
  });
}

async function decodeProblem(path: string): Promise<DatasetProblem | undefined> {
  try {
    await decodeImage(path);
    return undefined;
  } catch (error) {
    if (error instanceof DatasetError) return error.problems[0];
    throw error;
  }
}

function countSamples(samples: readonly Sample[]): Record<Split, number> {
  const counts = { train: 0, val: 0, test: 0 };
  for (const { split } of samples) counts[split]++;
  return counts;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
