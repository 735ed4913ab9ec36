import { join } from 'node:path';
import { type ParametricSurface, spiralCylinder } from '@kanrecon/geometry';
import type { Scene } from '@kanrecon/scene';
import { sceneByName } from '@kanrecon/scene';
import { DatasetError, type DatasetProblem } from '../dataset-error.js';
import { findDatasetRoot } from './find-dataset-root.js';
import type { SynthesisManifest, SynthesisSettings } from './manifest-schema.js';
import { isNewerFormat, manifestFileName, manifestScene, readManifest } from './synthesis-manifest.js';

/** What is known of a data set's objects and images. */
export interface DatasetScene {
  readonly surface: ParametricSurface;
  readonly scene?: Scene;
  readonly settings?: SynthesisSettings;
  /** What is wrong with `synthesis.json`. */
  readonly problems: readonly DatasetProblem[];
}

/**
 * What a data set shows, from its `synthesis.json`; the study's objects and images where there is none.
 *
 * @param wanted the surface that its labels are to be read as, if that is fixed
 * @throws DatasetError if it is of another surface than `wanted`, or of a newer format
 */
export async function readScene(root: string, caller: string, wanted?: ParametricSurface): Promise<DatasetScene> {
  const study = sceneByName('study');
  let manifest: SynthesisManifest | undefined;
  let scene: Scene;
  try {
    manifest = await readManifest(root);
    if (!manifest) {
      const surface = wanted ?? spiralCylinder;
      return { surface, problems: [], ...(sameSurface(surface, spiralCylinder) && { scene: study }) };
    }
    scene = await manifestScene(root, manifest);
  } catch (error) {
    // A damaged file is one problem among others; one that another version wrote may mean anything.
    if (!(error instanceof DatasetError) || isNewerFormat(error) || manifest) throw error;
    return { surface: wanted ?? spiralCylinder, problems: error.problems };
  }
  const { surface } = scene;
  if (wanted && !sameSurface(wanted, surface)) {
    throw new DatasetError(
      `${caller}: ${root} shows ${describe(surface)}, not ${describe(wanted, surface)}; use a data set of the latter, or a model trained on the former`,
    );
  }
  const { format: _, complete, ...settings } = manifest;
  const problems: DatasetProblem[] = [];
  if (!complete) {
    const message = 'the synthesis of this data set was interrupted; run it again with the same options to finish it';
    problems.push({ path: join(root, manifestFileName), kind: 'unfinished-synthesis', message });
  }
  return { surface: wanted ?? surface, scene, settings, problems };
}

/**
 * What a data set shows: its surface, how its images are drawn, and the settings if it was synthesised; from its `synthesis.json`
 * alone, no label is read.
 *
 * @param dir as for `scanDataset`
 * @throws DatasetError if the folder holds no data set, or its `synthesis.json` cannot be used
 */
export async function datasetScene(dir: string): Promise<DatasetScene> {
  return readScene(await findDatasetRoot(dir, 'datasetScene'), 'datasetScene');
}

/** Whether two surfaces take the same parameters in the same ranges, and are the same by name and by formulas. */
export function sameSurface(a: ParametricSurface, b: ParametricSurface): boolean {
  return surfaceKey(a) === surfaceKey(b);
}

function surfaceKey({ name, parameters, definition }: ParametricSurface): string {
  const ranges = parameters.map((parameter) => [parameter.name, parameter.min, parameter.max]);
  return JSON.stringify([name, ranges, definition && { ...definition, parameters: undefined }]);
}

function describe(surface: ParametricSurface, other?: ParametricSurface): string {
  if (surface.name !== other?.name) return `objects of the surface "${surface.name}"`;
  return 'those of the same name with other parameters or formulas';
}
