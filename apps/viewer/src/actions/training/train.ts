import { freeName } from '../../state/free-name.js';
import type { ModelName } from '../../state/model-name.js';
import { chosenRuns, keyHere } from '../../state/runs/runs.js';
import { chosenName, keptModels, type Training, training } from '../../state/training.js';
import { thinned } from '../../worker/training/thinned.js';
import type { TrainNews, TrainOutcome, TrainRequests } from '../../worker/training/train-protocol.js';
import type { TrainSettings } from '../../worker/training/train-settings.js';
import { WorkerClient } from '../../worker/worker-client.js';
import { report } from '../report.js';
import { worker } from '../worker.js';
import { listModel, namesInUse } from './own-models.js';
import { takeIn } from './take-in.js';

let client: WorkerClient<TrainRequests> | undefined;

/** Begins a training. */
export function startTraining(settings: TrainSettings): Promise<void> {
  return train(`my ${shownName(settings).replaceAll('-', ' ')}`, settings, false);
}

/** The scene's name, or that of the surface that is shown in its place. */
function shownName({ scene }: TrainSettings): string {
  if (typeof scene === 'string') return scene;
  const { surface } = scene;
  return typeof surface === 'object' ? surface.name : (surface ?? scene.name);
}

/** Goes on with a training where it was stopped. */
export async function resumeTraining(name: ModelName): Promise<void> {
  const kept = keptModels.value.find((model) => model.name === name)?.training;
  if (kept) await train(name, kept.settings, true);
}

/** Ends the training after the step in hand, and keeps what it has learned. */
export function stopTraining(): void {
  if (!training.value) return;
  training.value = { ...training.value, phase: 'stopping' };
  client?.ask('stop', null).catch(report);
}

/** @param wanted the network's name; a new one gets another where a model has it */
async function train(wanted: ModelName, settings: TrainSettings, resume: boolean): Promise<void> {
  if (training.value) return;
  const taken = namesInUse();
  const name = resume ? wanted : freeName(wanted, new Set(taken));
  training.value = begun(name, settings, resume);
  chosenName.value = name;
  // A worker of its own for each training: its memory is given back when it ends.
  const thread = new Worker(new URL('../../worker/training/train-worker.ts', import.meta.url), {
    type: 'module',
    name: 'kanrecon trains',
  });
  client = new WorkerClient<TrainRequests>(thread);
  let unkept: string | undefined;
  const onEvent = (news: TrainNews) => {
    if (news.kind === 'unkept') unkept = news.sentence;
    if (news.kind === 'kept') listModel(news.model);
    if (news.kind === 'named') {
      const [before, after] = [keyHere(chosenName.value ?? name), keyHere(news.name)];
      chosenRuns.value = chosenRuns.value?.map((key) => (key === before ? after : key));
      chosenName.value = news.name;
    }
    if (training.value) training.value = told(training.value, news);
  };
  try {
    const begin = resume ? undefined : settings.begin;
    const from = begin && (await worker.ask('artifacts', begin.model));
    const input = { name: wanted, taken, settings, resume, ...(from && { from }) };
    const outcome = await client.ask('train', input, { onEvent });
    if (outcome) await use(outcome, unkept);
  } catch (error) {
    report(error);
    await useKept(training.value?.name ?? name);
  } finally {
    thread.terminate();
    client = undefined;
    training.value = undefined;
  }
}

/** The trained network is used at once. */
async function use({ model, artifacts }: TrainOutcome, unkept: string | undefined): Promise<void> {
  listModel(model, unkept);
  await takeIn(await worker.ask('takeOwn', { name: model.name, artifacts }));
}

/** What was kept before a training failed is as good as ever. */
async function useKept(name: ModelName): Promise<void> {
  if (!keptModels.value.some((model) => model.name === name)) return;
  await worker.ask('loadOwn', name).then(takeIn).catch(report);
}

function begun(name: ModelName, settings: TrainSettings, resume: boolean): Training {
  const kept = resume ? keptModels.value.find((model) => model.name === name)?.training : undefined;
  const { epochs, epochImages, batchSize } = settings;
  const imagesAnEpoch = Math.ceil(epochImages / batchSize) * batchSize;
  return {
    ...{ name, settings, phase: 'starting', prepared: 0, weights: 0, imagesPerSecond: 0 },
    epoch: kept?.epoch ?? 0,
    images: kept ? kept.epoch * imagesAnEpoch + kept.step * batchSize : 0,
    allImages: epochs * imagesAnEpoch,
    possible: kept?.possible ?? null,
    curve: kept?.curve ?? [],
    history: kept?.history ?? [],
    ...(kept?.init && { init: kept.init }),
  };
}

function told(now: Training, news: TrainNews): Training {
  const phase = now.phase === 'stopping' ? 'stopping' : 'training';
  switch (news.kind) {
    case 'named':
      return { ...now, name: news.name };
    case 'preparing':
      return { ...now, phase: phase === 'stopping' ? phase : 'preparing', prepared: news.done / news.total };
    case 'started':
      return { ...now, phase, weights: news.weights };
    case 'steps': {
      const { epoch, images, imagesPerSecond, loss } = news;
      const before = now.curve.filter((point) => point.images < images);
      return { ...now, phase, epoch, images, imagesPerSecond, curve: thinned([...before, { images, loss }]) };
    }
    case 'begun':
      return { ...now, init: news.init };
    case 'epoch': {
      // Of a training that goes on before what was told of it last, epochs come once more.
      const before = now.history.filter(({ epoch }) => epoch < news.record.epoch);
      return { ...now, epoch: news.record.epoch, history: [...before, news.record] };
    }
    case 'kept':
      return { ...now, possible: news.model.training?.possible ?? null };
    case 'unkept':
      return now;
  }
}
