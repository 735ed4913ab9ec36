import type { SynthesisResult, SynthesisTask } from '@kanrecon/dataset/node';
import { mapConcurrently, synthesizeView } from '@kanrecon/dataset/node';
import type { OptionNames } from '@kanrecon/geometry';
import { loadScene, randomStream } from '@kanrecon/scene';
import { BlenderPool } from './blender-pool.js';
import type { BlenderRenderer } from './blender-renderer.js';

/** How Blender makes a data set's images. */
export interface BlenderSynthesisOptions {
  /** The program: a path, or a name that is looked up as the shell would; `blender` when left out. */
  readonly path?: string;
  /** Paths a pixel: more is less grainy and takes longer. 32 when left out. */
  readonly samples?: number;
  /** Told before the first Blender is started, which may take a while; after two minutes it is given up. */
  readonly onStart?: () => void;
}

/** {@link BlenderSynthesisOptions} by name. */
export const synthesisNames: OptionNames<BlenderSynthesisOptions> = { path: 1, samples: 1, onStart: 1 };

const pathStream = 8;

/** Seed of Cycles' paths for one view, so that no two images have the same grain. */
export function pathSeed(seed: number, shape: number, view: number): number {
  return randomStream(pathStream, seed, shape, view).next() & 0x7fffffff;
}

/**
 * Makes views with as many Blenders as there are lanes. Each renders one view at a time.
 *
 * @param onResult told of every view
 */
export async function synthesizeWithBlender(
  tasks: readonly SynthesisTask[],
  lanes: number,
  { path, onStart }: BlenderSynthesisOptions = {},
  signal: AbortSignal | undefined,
  onResult: (result: SynthesisResult) => void,
): Promise<void> {
  const scene = await loadScene(tasks[0].settings.scene);
  const pool = new BlenderPool({ ...(path && { path }), ...(signal && { signal }) }, onStart);
  const work = async ({ root, settings, from, to }: SynthesisTask) => {
    let blender: BlenderRenderer | undefined;
    for (let index = from; index < to; index++) {
      signal?.throwIfAborted();
      const shape = Math.floor(index / settings.viewsPerShape);
      const view = index % settings.viewsPerShape;
      const options = { samples: settings.renderer?.samples, seed: pathSeed(settings.seed, shape, view) };
      const isNew = await synthesizeView(root, settings, scene, shape, view, async (scene, shape, view, { size }) => {
        // Taken for the first view that is not there yet.
        blender ??= await pool.take();
        return blender.render(scene, shape, view, { ...options, size });
      });
      onResult(isNew ? { written: 1, kept: 0 } : { written: 0, kept: 1 });
    }
    if (blender) pool.give(blender);
  };
  try {
    await mapConcurrently(tasks, lanes, work, signal);
  } finally {
    await pool.close();
  }
}
