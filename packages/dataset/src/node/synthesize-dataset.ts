import { rm, rmdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { explainFileError, fileErrorRemedy, makeFolder, removeTemporaryFiles } from '@kanrecon/files/node';
import { checkOptions, type OptionNames, SurfaceError } from '@kanrecon/geometry';
import { withoutCaller } from '@kanrecon/image';
import type { Scene } from '@kanrecon/scene';
import { type SceneName, sceneByName, sceneToJson } from '@kanrecon/scene';
import { Tinypool } from 'tinypool';
import { DatasetError } from '../dataset-error.js';
import { type Split, splits } from '../sample.js';
import { type SplitCounts, splitCounts } from '../split-counts.js';
import { type DatasetRenderer, RendererError } from './dataset-renderer.js';
import { isFolder } from './find-dataset-root.js';
import type { SynthesisSettings } from './manifest-schema.js';
import { mapConcurrently } from './map-concurrently.js';
import { packageVersions } from './package-versions.js';
import { manifestFileName, readManifest, settingsDifferences, writeManifest } from './synthesis-manifest.js';
import type { SynthesisResult, SynthesisTask } from './synthesis-worker.js';

/** Options of {@link synthesizeDataset}. */
export interface SynthesizeDatasetOptions {
  /** Where train, val and test go; made when it is not there. */
  readonly dir: string;
  /** How images are drawn: a name or a variant made by `sceneWith`; `study` when left out. */
  readonly scene?: SceneName | Scene;
  /** Number of shapes. */
  readonly shapes: number;
  /** Images of each shape; the scene's number (5) when left out. */
  readonly viewsPerShape?: number;
  /** Counts of shapes that add up to `shapes`, or fractions that add up to 1. */
  readonly split?: Partial<SplitCounts>;
  /** Width and height in pixels; the scene's (618) when left out. */
  readonly imageSize?: number;
  /** An integer of up to 53 bits. */
  readonly seed?: number;
  /** Worker threads; one a processor when left out. The files do not depend on it. */
  readonly workers?: number;
  /** What renders, such as `blenderDatasetRenderer()` of `@kanrecon/blender`; this project's own renderer when left out. */
  readonly renderer?: DatasetRenderer;
  /** Told how many images are done. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Stops after the images in work (another renderer's are given up); the same call later goes on from there. */
  readonly signal?: AbortSignal;
}

/** What {@link synthesizeDataset} did. */
export interface SynthesisSummary {
  /** Images drawn now. */
  readonly written: number;
  /** Images that were there from an earlier, interrupted run. */
  readonly kept: number;
  readonly settings: SynthesisSettings;
  /** Images of each split. */
  readonly counts: Readonly<Record<Split, number>>;
}

const defaults = {
  scene: 'study',
  seed: 1,
  split: { train: 0.8, val: 0.1, test: 0.1 },
} as const;
const optionNames: OptionNames<SynthesizeDatasetOptions> = {
  ...defaults,
  dir: 1,
  shapes: 1,
  viewsPerShape: 1,
  imageSize: 1,
  workers: 1,
  renderer: 1,
  onProgress: 1,
  signal: 1,
};
const viewsPerTask = 8;
const kinds = ['images', 'labels'] as const;

/**
 * Makes a data set in the study's layout: random shapes, random cameras, rendered images and their labels, and a file
 * `synthesis.json` that says how. Every image depends on the seed, its shape's and its view's number only, so the same options
 * give the same bytes whatever the number of workers (with another renderer: of the same version, on the same kind of processor). An
 * interrupted run is finished by the same call; one that ended before its first image leaves nothing behind.
 *
 * @throws DatasetError if the folder holds another data set, or cannot be written, or the disk is full, or an object cannot be drawn or
 * seen (its `cause` is a SurfaceError then); RendererError if another renderer is asked for and does not work; `signal.reason` when
 * aborted
 */
export async function synthesizeDataset(options: SynthesizeDatasetOptions): Promise<SynthesisSummary> {
  checkOptions('synthesizeDataset', options, optionNames);
  const { dir, renderer, onProgress, signal } = options;
  const settings = { ...settingsOf(options), ...(renderer && { renderer: await renderer.settings(signal) }) };
  const total = settings.shapes * settings.viewsPerShape;
  const tasks: SynthesisTask[] = [];
  // Another renderer is handed a shape once for the views of one task.
  const step = renderer ? Math.min(settings.viewsPerShape, viewsPerTask) : viewsPerTask;
  for (let from = 0; from < total; from += step) {
    tasks.push({ root: dir, settings, from, to: Math.min(from + step, total) });
  }
  const workers = checked('workers', options.workers ?? availableParallelism());
  signal?.throwIfAborted();
  let written = 0;
  let kept = 0;
  let undo = async () => {};
  try {
    if (await refuseOtherDataset(dir, settings)) {
      const firstMade = await makeFolder(dir);
      undo = () => removeUnused(dir, firstMade);
      await writeManifest(dir, settings, false);
    }
    await makeSplitFolders(dir, settings);
    const onResult = (result: SynthesisResult) => {
      written += result.written;
      kept += result.kept;
      if (result.error) throw result.error;
      if (result.undrawable !== undefined) throw new SurfaceError(result.undrawable);
      onProgress?.(written + kept, total);
    };
    const lanes = Math.min(workers, tasks.length);
    if (renderer) await renderer.synthesize(tasks, lanes, signal, onResult);
    else await runTasks(tasks, lanes, signal, onResult);
    await writeManifest(dir, settings, true);
  } catch (error) {
    // A fresh folder that nothing was made in holds nothing to go on with: its settings would only forbid others.
    await undo();
    const resume =
      written + kept > 0
        ? `; ${written + kept} of ${total} images ${written + kept === 1 ? 'is' : 'are'} done, the same command goes on`
        : '';
    if (error instanceof RendererError) throw error.withNote(resume);
    if (error instanceof SurfaceError) {
      throw new DatasetError(`synthesizeDataset: ${withoutCaller(error.message)}`, [], { cause: error });
    }
    const reason = explainFileError(error);
    if (!reason) throw error;
    const path = (error as NodeJS.ErrnoException).path ?? dir;
    const remedy = fileErrorRemedy(error);
    throw new DatasetError(
      `synthesizeDataset: cannot write ${path}: ${reason}${remedy ? `; ${remedy}` : ''}${resume}`,
      [],
      { cause: error },
    );
  }
  const { train, val, test } = settings.split;
  const views = settings.viewsPerShape;
  return { written, kept, settings, counts: { train: train * views, val: val * views, test: test * views } };
}

function settingsOf(options: SynthesizeDatasetOptions): SynthesisSettings {
  const { scene: given = defaults.scene } = options;
  const scene = typeof given === 'string' ? sceneByName(given) : given;
  const shapes = checked('shapes', options.shapes);
  const seed = options.seed ?? defaults.seed;
  if (!Number.isSafeInteger(seed)) throw new Error(`synthesizeDataset: seed must be an integer, got ${seed}`);
  return {
    scene: sceneToJson(scene),
    seed,
    shapes,
    viewsPerShape: checked('viewsPerShape', options.viewsPerShape ?? scene.viewsPerShape),
    imageSize: checked('imageSize', options.imageSize ?? scene.imageSize),
    split: splitCounts(shapes, options.split ?? defaults.split),
    versions: packageVersions(),
  };
}

/** Refuses a folder that holds another data set. @returns whether it holds none */
async function refuseOtherDataset(dir: string, settings: SynthesisSettings): Promise<boolean> {
  const manifest = await readManifest(dir);
  if (manifest) {
    const differences = settingsDifferences(manifest, settings);
    if (differences.length === 0) return false;
    throw new DatasetError(
      `synthesizeDataset: ${dir} holds a data set made with other settings (${differences.join('; ')}); use another folder, or delete this one first`,
      [],
      { reason: 'other-settings' },
    );
  }
  for (const split of splits) {
    if (!(await isFolder(join(dir, split), 'synthesizeDataset'))) continue;
    throw new DatasetError(
      `synthesizeDataset: ${dir} already has a folder "${split}" that was not made here (there is no synthesis.json); use another folder`,
    );
  }
  return true;
}

async function makeSplitFolders(dir: string, settings: SynthesisSettings): Promise<void> {
  for (const split of splits) {
    if (settings.split[split] === 0) continue;
    for (const kind of kinds) {
      await makeFolder(join(dir, split, kind));
      await removeTemporaryFiles(join(dir, split, kind));
    }
  }
}

/**
 * Takes the settings and the empty folders away again, if no image came to lie in them.
 *
 * @param firstMade the topmost folder that was made for the data set, if one was
 */
async function removeUnused(dir: string, firstMade: string | undefined): Promise<void> {
  const remove = (folder: string) => rmdir(folder).catch(() => {}); // holds something, or was not made
  for (const split of splits) {
    for (const kind of kinds) await remove(join(dir, split, kind));
    await remove(join(dir, split));
    if (await isFolder(join(dir, split), 'synthesizeDataset').catch(() => true)) return;
  }
  await rm(join(dir, manifestFileName), { force: true });
  if (firstMade === undefined) return;
  for (let folder = resolve(dir); folder.length >= firstMade.length; folder = dirname(folder)) await remove(folder);
}

async function runTasks(
  tasks: readonly SynthesisTask[],
  workers: number,
  signal: AbortSignal | undefined,
  onResult: (result: SynthesisResult) => void,
): Promise<void> {
  const filename = fileURLToPath(new URL('./synthesis-worker.js', import.meta.url));
  const pool = new Tinypool({
    filename,
    name: 'synthesizeViews',
    minThreads: workers,
    maxThreads: workers,
    // The worker is plain JavaScript; with the program's own flags it would not start under `node --input-type=module -e …`.
    execArgv: [],
  });
  try {
    // No more tasks in the pool than workers: after an abort or an error only those in work are waited for.
    await mapConcurrently(tasks, workers, async (task) => onResult(await pool.run(task)), signal);
  } finally {
    await pool.destroy();
  }
}

function checked(name: string, value: number): number {
  if (!Number.isInteger(value) || value < 1) {
    throw new Error(`synthesizeDataset: ${name} must be a positive whole number, got ${value}`);
  }
  return value;
}
