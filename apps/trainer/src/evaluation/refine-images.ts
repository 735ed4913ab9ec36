import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { mapConcurrently } from '@kanrecon/dataset/node';
import { Tinypool } from 'tinypool';
import { UserError } from '../cli/user-error.js';
import { countOf } from '../ui/count-of.js';
import type { Ui } from '../ui/ui.js';
import { type RefineTask, refineSample } from './refine-worker.js';
import type { RefinedImage } from './refined-image.js';

/** Each has 100 MB of its own. */
const mostThreads = 16;

/**
 * Refines the network's answers, an image a task, in worker threads where there are several cores. Ctrl-C ends those that are under way.
 *
 * @param workers threads; the processor's cores when left out. With one, all is done in this thread
 * @returns in the tasks' order
 * @throws UserError for an image that is too small
 */
export async function refineImages(
  tasks: readonly RefineTask[],
  ui: Ui,
  signal: AbortSignal,
  workers = availableParallelism(),
): Promise<RefinedImage[]> {
  const lanes = Math.min(workers, mostThreads, tasks.length);
  const pool =
    lanes > 1
      ? new Tinypool({
          filename: fileURLToPath(new URL('./refine-worker.js', import.meta.url)),
          name: 'refineSample',
          minThreads: lanes,
          maxThreads: lanes,
          execArgv: [],
        })
      : undefined;
  ui.note(`Refining ${countOf(tasks.length, 'image')} by rendering: seconds of processor time each.`);
  const progress = ui.progress({ label: 'Refining by rendering', total: tasks.length, unit: 'images' });
  let [done, found] = [0, 0];
  const refineOne = async (task: RefineTask): Promise<RefinedImage> => {
    const result = (await (pool ? pool.run(task, { signal }) : refineSample(task, signal))) as Awaited<
      ReturnType<typeof refineSample>
    >;
    if ('problem' in result) throw new UserError(result.problem);
    if (result.found) found++;
    progress.update(++done, `${found} found`);
    const { cameraAngles } = task.start;
    return { ...result, ...(cameraAngles && { networkCamera: cameraAngles }) };
  };
  try {
    return await mapConcurrently(tasks, Math.max(1, lanes), refineOne, signal);
  } catch (error) {
    // A thread that was ended says so in words of its own.
    signal.throwIfAborted();
    throw error;
  } finally {
    progress.stop();
    await pool?.destroy();
  }
}
