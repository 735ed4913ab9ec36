import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { mapConcurrently } from '@kanrecon/dataset/node';
import { compareReconstruction, type ReconstructionComparison } from '@kanrecon/reconstruction';
import { type Scene, sceneToJson, sceneWithOwnRanges } from '@kanrecon/scene';
import { Tinypool } from 'tinypool';
import type { Ui } from '../ui/ui.js';
import type { DistanceTask, ShapePair } from './distance-worker.js';

// A pair takes 0.4 s of processor time: 100 of the demo's 38 s in this thread and 38 to 41 s in two others, so threads divide the work at
// no cost worth a word.

/** Pairs that a thread gets at once. */
const pairsPerTask = 4;

/**
 * How far predicted and real surfaces are apart, pair by pair, in worker threads where there are several cores.
 *
 * @param workers threads; the processor's cores when left out. With one, all is done in this thread
 */
export async function measureDistances(
  scene: Scene,
  pairs: readonly ShapePair[],
  ui: Ui,
  signal: AbortSignal,
  workers = availableParallelism(),
): Promise<ReconstructionComparison[]> {
  const progress = ui.progress({ label: 'Measuring distances', total: pairs.length, unit: 'images' });
  let done = 0;
  const lanes = Math.min(workers, Math.ceil(pairs.length / pairsPerTask));
  try {
    if (lanes > 1) return await measureInThreads(scene, pairs, lanes, signal, (count) => progress.update(count));
    const found: ReconstructionComparison[] = [];
    for (const { predicted, real } of pairs) {
      signal.throwIfAborted();
      found.push(compareReconstruction(scene, predicted, real));
      progress.update(++done);
      await setImmediate(); // lets an abort through
    }
    return found;
  } finally {
    progress.stop();
  }
}

async function measureInThreads(
  scene: Scene,
  pairs: readonly ShapePair[],
  lanes: number,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<ReconstructionComparison[]> {
  const common = { scene: sceneToJson(sceneWithOwnRanges(scene)), parameters: scene.surface.parameters };
  const tasks: DistanceTask[] = [];
  for (let from = 0; from < pairs.length; from += pairsPerTask) {
    const part = pairs.slice(from, from + pairsPerTask).map(({ predicted, real }) => ({ predicted, real }));
    tasks.push({ ...common, pairs: part });
  }
  const pool = new Tinypool({
    filename: fileURLToPath(new URL('./distance-worker.js', import.meta.url)),
    name: 'measurePairs',
    minThreads: lanes,
    maxThreads: lanes,
    execArgv: [],
  });
  let done = 0;
  try {
    const measure = async (task: DistanceTask): Promise<ReconstructionComparison[]> => {
      const found = await pool.run(task);
      done += task.pairs.length;
      onProgress(done);
      return found;
    };
    return (await mapConcurrently(tasks, lanes, measure, signal)).flat();
  } finally {
    await pool.destroy();
  }
}
