import { openImageStreamOn, webDrawingThread } from '@kanrecon/dataset';
import type { ReconstructorArtifacts } from '@kanrecon/model';
import { loadScene, type Scene, type SceneName, sceneByName } from '@kanrecon/scene';
import { enableWasmTraining } from '@kanrecon/tfjs-wasm-training';
import { trainExperiment } from '@kanrecon/training';
import { ViewerError } from '../../image/viewer-error.js';
import type { KeptModel } from '../../storage/kept-model.js';
import { bytesOf, findKept, keep, readState } from '../../storage/kept-models.js';
import { sentenceOf } from '../sentence-of.js';
import { startTensorflow } from '../start-tensorflow.js';
import type { TaskContext } from '../task-context.js';
import { experimentOf } from './experiment-of.js';
import { Progress } from './progress.js';
import type { TrainNews, TrainOutcome, TrainRequests } from './train-protocol.js';
import type { TrainSettings } from './train-settings.js';
import { explained } from './training-sentence.js';

/** Images that every epoch is validated with: as many as `kanrecon train` draws where nothing else is asked for. */
const validationImages = 200;

/** Trains a network, or goes on with it, and keeps it after every epoch. @returns nothing where it was stopped before its first step */
export async function trainNetwork(
  { name, settings, resume }: TrainRequests['train']['input'],
  { signal, tell }: TaskContext<TrainNews>,
): Promise<TrainOutcome | null> {
  await startTensorflow();
  await enableWasmTraining();
  return alone(name, async () => {
    const before = resume ? await findKept(name) : undefined;
    const last = resume ? await readState(name, 'last') : undefined;
    if (resume && !(before?.training && last)) {
      throw new ViewerError(`The browser no longer keeps the training “${name}”; begin it anew.`);
    }
    const progress = new Progress(settings, tell, before?.training);
    const states: Partial<Record<'best' | 'last', ReconstructorArtifacts>> = {};
    const keeper = new Keeper(name, progress, tell, before?.bytes ?? 0);
    try {
      const { reconstructor, checkpoint, complete } = await trainExperiment(experimentOf(settings), {
        scene: await sceneOf(settings),
        validationImages,
        signal,
        ...(last && { resume: last }),
        openStream: (options) => openImageStreamOn((setup) => webDrawingThread(drawingWorker(), setup), options),
        onEvent: (event) => progress.hear(event),
        save: async (which, artifacts) => {
          progress.saved(artifacts);
          // Training never goes on from the best: it needs no more of the optimizer.
          const { optimizer: _, ...best } = artifacts;
          states[which] = which === 'best' ? best : artifacts;
          await keeper.keep({ [which]: states[which] });
        },
      });
      reconstructor.dispose();
      progress.saved(checkpoint);
      // The last epoch is told of after its network was saved.
      const model = await keeper.keep({});
      const artifacts = states.best ?? (before && (await readState(name, 'best'))) ?? checkpoint;
      return { model, artifacts, complete };
    } catch (error) {
      if (signal.aborted && error === signal.reason) return null;
      throw explained(error);
    }
  });
}

function drawingWorker(): Worker {
  return new Worker(new URL('./draw-worker.ts', import.meta.url), { type: 'module', name: 'kanrecon draws' });
}

async function sceneOf({ scene }: TrainSettings): Promise<Scene> {
  return typeof scene === 'string' ? sceneByName(scene as SceneName) : loadScene(scene);
}

/** Two windows must not go on with the same training. Browsers know of each other's only on secure pages. */
async function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (!navigator.locks) return work();
  return navigator.locks.request(`kanrecon trains ${name}`, { ifAvailable: true }, (lock) => {
    if (lock) return work();
    throw new ViewerError(`Another window trains “${name}”; stop it there first.`);
  });
}

/** Keeps a network in the browser. What cannot be kept is told once, and training goes on. */
class Keeper {
  private refused = false;
  private readonly bytes: Partial<Record<'best' | 'last', number>> = {};

  constructor(
    private readonly name: string,
    private readonly progress: Progress,
    private readonly tell: (news: TrainNews) => void,
    /** Of what is kept of it already. */
    private readonly before: number,
  ) {}

  async keep(states: Partial<Record<'best' | 'last', ReconstructorArtifacts>>): Promise<KeptModel> {
    for (const which of ['best', 'last'] as const) {
      const artifacts = states[which];
      if (artifacts) this.bytes[which] = bytesOf(artifacts);
    }
    const { best, last } = this.bytes;
    const bytes = best && last ? best + last : Math.max(this.before, best ?? last ?? 0);
    const model = { name: this.name, changed: Date.now(), bytes, training: this.progress.kept() };
    if (this.refused) return model;
    try {
      await keep(model, states);
      this.tell({ kind: 'kept', model });
    } catch (error) {
      this.refused = true;
      this.tell({ kind: 'unkept', sentence: sentenceOf(error) });
    }
    return model;
  }
}
