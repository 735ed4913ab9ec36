import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { presetByName } from '@kanrecon/scene';
import type { Ui } from '../ui/ui.js';
import { synthesize } from './synthesize.js';

/** The same for all runs, so that their scores compare; no stream and no data set that people make has it. */
const fixedSetSeed = 2 ** 41;

/** What {@link makeFixedSet} makes. */
export interface FixedSetOptions {
  /** The run's folder: the set lies in it, in `data`. */
  out: string;
  preset: string;
  imageSize: number;
  /** Images to validate with; as many again to test with. */
  images: number;
}

/** Makes the data set that a run on streamed images is validated and tested on. @returns its folder */
export async function makeFixedSet(
  { out, preset, imageSize, images }: FixedSetOptions,
  ui: Ui,
  signal: AbortSignal,
): Promise<string> {
  const dir = join(out, 'data');
  const split = { train: 0, val: images, test: images };
  const workers = availableParallelism();
  const given = { dir, preset: presetByName(preset), shapes: 2 * images, viewsPerShape: 1, split };
  await synthesize({ ...given, imageSize, workers, seed: fixedSetSeed }, ui, signal);
  return dir;
}
