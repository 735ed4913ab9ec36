import { openImageStreamOn, webDrawingThread } from '@kanrecon/dataset';
import { fromArtifacts, type ReconstructorArtifacts } from '@kanrecon/model';
import { loadScene, type Scene, type SceneName, sceneByName } from '@kanrecon/scene';
import { enableWasmTraining } from '@kanrecon/tfjs-wasm-training';
import { trainExperiment } from '@kanrecon/training';
import { ViewerError } from '../../image/viewer-error.js';
import { findKept, readState } from '../../storage/kept-models.js';
import { startTensorflow } from '../start-tensorflow.js';
import type { TaskContext } from '../task-context.js';
import { experimentOf } from './experiment-of.js';
import { holdFreeName, holdName } from './hold-name.js';
import { Keeper } from './keeper.js';
import { Progress } from './progress.js';
import type { TrainNews, TrainOutcome, TrainRequests } from './train-protocol.js';
import type { TrainSettings } from './train-settings.js';
import { explained } from './training-sentence.js';

/** Images that every epoch is validated with: as many as `kanrecon train` draws where nothing else is asked for. */
const validationImages = 200;

/** Trains a network, or goes on with it, and keeps it after every epoch. @returns nothing where it was stopped before its first step */
export async function trainNetwork(
  { name, taken, settings, resume, from }: TrainRequests['train']['input'],
  { signal, tell }: TaskContext<TrainNews>,
): Promise<TrainOutcome | null> {
  await startTensorflow();
  await enableWasmTraining();
  const held = resume ? await holdName(name) : await holdFreeName(name, taken);
  if (!held) throw new ViewerError(`Another window trains “${name}”; stop it there first.`);
  let keeper: Keeper | undefined;
  try {
    if (held.name !== name) tell({ kind: 'named', name: held.name });
    const before = resume ? await findKept(name) : undefined;
    const last = resume ? await readState(name, 'last') : undefined;
    if (resume && !(before?.training && last)) {
      throw new ViewerError(`The browser no longer keeps the training “${name}”; begin it anew.`);
    }
    const progress = new Progress(settings, tell, before?.training);
    // What was kept last may be the best of a later epoch than the one that it goes on from.
    if (last) progress.saved(last);
    const states: Partial<Record<'best' | 'last', ReconstructorArtifacts>> = {};
    const keeping = new Keeper(held, progress, tell, before);
    keeper = keeping;
    const initFrom = from && (await fromArtifacts(from, { optimizer: false })).reconstructor;
    const { reconstructor, checkpoint, complete } = await trainExperiment(experimentOf(settings), {
      scene: await sceneOf(settings),
      validationImages,
      signal,
      ...(last && { resume: last }),
      ...(initFrom && { initFrom }),
      openStream: (options) => openImageStreamOn((setup) => webDrawingThread(drawingWorker(), setup), options),
      onEvent: (event) => progress.hear(event),
      save: async (which, artifacts) => {
        progress.saved(artifacts);
        // Training never goes on from the best: it needs no more of the optimizer.
        const { optimizer: _, ...best } = artifacts;
        states[which] = which === 'best' ? best : artifacts;
        await keeping.keep({ [which]: states[which] });
      },
    });
    reconstructor.dispose();
    initFrom?.dispose();
    progress.saved(checkpoint);
    // The last epoch is told of after its network was saved.
    const model = await keeping.keep({});
    const artifacts = states.best ?? (before && (await readState(name, 'best'))) ?? checkpoint;
    return { model, artifacts, complete };
  } catch (error) {
    if (signal.aborted && error === signal.reason) return null;
    throw explained(error);
  } finally {
    await (keeper ?? held).letGo();
  }
}

function drawingWorker(): Worker {
  return new Worker(new URL('./draw-worker.ts', import.meta.url), { type: 'module', name: 'kanrecon draws' });
}

async function sceneOf({ scene }: TrainSettings): Promise<Scene> {
  return typeof scene === 'string' ? sceneByName(scene as SceneName) : loadScene(scene);
}
