import { createHash } from 'node:crypto';
import '@tensorflow/tfjs-backend-wasm';
import { openImageStream } from '@kanrecon/dataset/node';
import type { ReconstructorArtifacts } from '@kanrecon/model';
import { sceneByName, sceneWith } from '@kanrecon/scene';
import { enableWasmTraining } from '@kanrecon/tfjs-wasm-training';
import { engine, memory, setBackend } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { numbersOf, tinyExperiment } from '../test/tiny-experiment.js';
import type { TrainingEvent, TrainingStep } from './events/training-event.js';
import type { ExperimentOptions } from './experiment/experiment.js';
import { type TrainExperimentOptions, trainExperiment } from './train-experiment.js';
import { TrainingError } from './training-error.js';

/** Not one of the built-in scenes, of which it is known what images tell. */
const scene = sceneWith(sceneByName('observable'), { background: [90, 90] });
/** Of weights and moments: comparing the bytes themselves takes a test minutes. */
const weightsOf = ({ weights, optimizer }: ReconstructorArtifacts) =>
  [weights, optimizer!].map((bytes) => createHash('sha256').update(bytes).digest('hex'));

/** Trains, and keeps what was told. */
async function train(experiment: ExperimentOptions = tinyExperiment, options: Partial<TrainExperimentOptions> = {}) {
  const events: TrainingEvent[] = [];
  const onEvent = (event: TrainingEvent) => {
    events.push(event);
    options.onEvent?.(event);
  };
  const { reconstructor, ...rest } = await trainExperiment(experiment, {
    ...{ scene, validationImages: 8 },
    ...options,
    onEvent,
  });
  reconstructor.dispose();
  return { ...rest, events };
}

/** Trains until it has made that many steps, is aborted, and ends. */
async function interrupted(steps: number, options: Partial<TrainExperimentOptions> = {}, experiment = tinyExperiment) {
  const controller = new AbortController();
  let made = 0;
  const onEvent = ({ type }: TrainingEvent) => {
    if (type === 'step' && ++made === steps) controller.abort();
  };
  return train(experiment, { ...options, onEvent, signal: controller.signal });
}

/** What a training that fails ends with, and what it told before. */
async function failure(experiment: ExperimentOptions, options: Partial<TrainExperimentOptions> = {}) {
  const events: TrainingEvent[] = [];
  const error: unknown = await train(experiment, { ...options, onEvent: (event) => events.push(event) }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(events.at(-1)).toEqual({ type: 'failed', error });
  return { error, events };
}

let whole: Awaited<ReturnType<typeof train>>;
let tensors: number;
beforeAll(async () => {
  await enableWasmTraining();
  await setBackend('wasm');
  whole = await train();
  tensors = memory().numTensors;
});

afterEach(() => {
  // No training leaves any behind, however it ends.
  expect(memory().numTensors).toBe(tensors);
});

describe('trainExperiment', () => {
  it('has threads draw with the same numbers, from wherever it goes on', async () => {
    let open = 0;
    const openStream: TrainExperimentOptions['openStream'] = (options) => {
      expect(options.workers).toBe(2);
      const stream = openImageStream(options);
      const close = stream.close.bind(stream);
      open++;
      stream.close = () => close().finally(() => open--);
      return stream;
    };
    const experiment = { ...tinyExperiment, data: { ...tinyExperiment.data, workers: 2 } };
    const first = await interrupted(6, { openStream }, experiment);
    const second = await train(experiment, { openStream, resume: first.checkpoint });
    expect(numbersOf([...first.events, ...second.events])).toEqual(numbersOf(whole.events));
    expect(weightsOf(second.checkpoint)).toEqual(weightsOf(whole.checkpoint));
    expect(open).toBe(0);
  });

  it('tells what it does, in the order in which it does it', () => {
    const { events, complete, state } = whole;
    const types = events.map(({ type }) => type);
    const firstStart = types.indexOf('started');
    expect(new Set(types.slice(0, firstStart))).toEqual(new Set(['progress']));
    const epoch = ['step', 'step', 'step', 'step', 'validation', 'epoch'];
    expect(types.slice(firstStart)).toEqual(['started', ...epoch, ...epoch, ...epoch, 'finished']);
    const progress = events.filter((event) => event.type === 'progress');
    expect(progress.at(-1)).toMatchObject({ stage: 'limits', done: progress[0]!.total });
    expect(events[firstStart]).toEqual({
      type: 'started',
      name: 'SMALLCNN_DROP3_FOURIER_DROP_8',
      parameters: { trainable: expect.any(Number), total: expect.any(Number) },
      imageSize: 32,
      images: 24,
      fresh: true,
      validationImages: 8,
      steps: 4,
      epochs: 3,
      batchSize: 6,
      workers: 1,
    });
    expect(complete).toBe(true);
    expect(state).toMatchObject({ epoch: 3, step: 0 });
    expect(JSON.parse(JSON.stringify(events))).toEqual(events);
  });

  it('tells of every step, validation and epoch what came of it', () => {
    const { events } = whole;
    const steps = events.filter((event): event is TrainingStep => event.type === 'step');
    expect(steps.map(({ epoch, step, steps: of, images }) => [epoch, step, of, images])).toEqual(
      [1, 2, 3].flatMap((epoch) => [1, 2, 3, 4].map((step) => [epoch, step, 4, 6 * step])),
    );
    const epochs = events.flatMap((event) => (event.type === 'epoch' ? [event] : []));
    epochs.forEach(({ record, epochs: of }, i) => {
      expect(of).toBe(3);
      expect(record.epoch).toBe(i + 1);
      expect(record.train_loss).toBe(steps[4 * i + 3]!.loss);
      const before = epochs.slice(0, i).map((each) => each.record.val_loss);
      expect(record.best).toBe(before.every((loss) => record.val_loss < loss));
      expect(Object.keys(record.val_r2_per_parameter)).toEqual(scene.surface.parameters.map(({ name }) => name));
    });
    const validations = events.flatMap((event) => (event.type === 'validation' ? [event] : []));
    expect(validations.map(({ scores }) => scores.mse)).toEqual(epochs.map(({ record }) => record.val_loss));
    const best = epochs.map(({ record }) => record).findLast((record) => record.best);
    expect(events.at(-1)).toEqual({ type: 'finished', complete: true, best, last: epochs.at(-1)!.record });
    expect(epochs.at(-1)!.record.train_loss).toBeLessThan(epochs[0]!.record.train_loss);
  });

  it('gives the same numbers for the same seed, and others for another', async () => {
    const again = await train();
    expect(numbersOf(again.events)).toEqual(numbersOf(whole.events));
    expect(weightsOf(again.checkpoint)).toEqual(weightsOf(whole.checkpoint));
    const other = await train({ ...tinyExperiment, seed: 2 });
    for (const [i, number] of numbersOf(other.events).entries()) expect(number).not.toBe(numbersOf(whole.events)[i]);
  });

  it.each([
    ['in the middle of an epoch', 6],
    ['with the last step of an epoch, which is validated still', 4],
    ['after its first step', 1],
  ])('ends soon when it is aborted %s, and goes on with the same numbers', async (_, steps) => {
    const first = await interrupted(steps);
    expect(first.complete).toBe(false);
    expect(first.events.at(-1)).toMatchObject({ type: 'finished', complete: false });
    expect(first.events.filter(({ type }) => type === 'step')).toHaveLength(steps);
    // As through a message to another thread, or a data base.
    const second = await train(tinyExperiment, { resume: structuredClone(first.checkpoint) });
    expect(second.complete).toBe(true);
    const started = second.events.find((event) => event.type === 'started');
    expect(started?.resumed).toEqual({ epoch: Math.floor(steps / 4), step: steps % 4 });
    expect([...numbersOf(first.events), ...numbersOf(second.events)]).toEqual(numbersOf(whole.events));
    expect(weightsOf(second.checkpoint)).toEqual(weightsOf(whole.checkpoint));
    const records = ({ state }: typeof whole) => state.history.map(({ seconds, images_per_second, ...rest }) => rest);
    expect(records(second)).toEqual(records(whole));
  });

  it('may be interrupted again and again', async () => {
    const first = await interrupted(3);
    const second = await interrupted(4, { resume: first.checkpoint });
    const third = await train(tinyExperiment, { resume: second.checkpoint });
    expect(weightsOf(third.checkpoint)).toEqual(weightsOf(whole.checkpoint));
  });

  it('saves when an epoch is the best, after every epoch, and at an abort', async () => {
    const saved: [string, ReconstructorArtifacts][] = [];
    const { events } = await interrupted(6, { save: (which, checkpoint) => void saved.push([which, checkpoint]) });
    expect(saved.map(([which]) => which)).toEqual(['last', 'best', 'last']);
    const told = events.flatMap((event) => (event.type === 'checkpoint' ? [event] : []));
    expect(told.map(({ which, epoch, step }) => [which, epoch, step])).toEqual([
      ['last', 1, 0],
      ['best', 1, 0],
      ['last', 1, 2],
    ]);
    // Any of them will do.
    const second = await train(tinyExperiment, { resume: saved[1]![1] });
    expect(weightsOf(second.checkpoint)).toEqual(weightsOf(whole.checkpoint));
  });

  it('goes on for longer than was meant first, and does no more where all is done', async () => {
    const constant = { ...tinyExperiment, schedule: 'constant' } as const;
    const longer = { ...constant, budget: { epochs: 4 } };
    const short = await train(constant);
    const long = await train(longer, { resume: short.checkpoint });
    expect(weightsOf(long.checkpoint)).toEqual(weightsOf((await train(longer)).checkpoint));
    const nothing = await train(constant, { resume: short.checkpoint });
    expect(nothing).toMatchObject({ complete: true });
    expect(weightsOf(nothing.checkpoint)).toEqual(weightsOf(short.checkpoint));
  });

  it('refuses to resume another experiment, and names the setting', async () => {
    const { checkpoint: resume } = whole;
    const { error } = await failure({ ...tinyExperiment, batchSize: 8 }, { resume });
    expect(error).toMatchObject({ code: 'wrong-experiment', details: { field: 'batchSize' } });
    expect((error as Error).message).toBe(
      'trainExperiment: batchSize is another than the checkpoint was trained with; expected 6, got 8',
    );
    const model = { ...tinyExperiment.model, imageSize: 48 };
    expect((await failure({ ...tinyExperiment, model }, { resume })).error).toMatchObject({
      details: { field: 'model.imageSize' },
    });
    const fluted = await failure(tinyExperiment, { resume, scene: sceneByName('fluted') });
    expect(fluted.error).toMatchObject({ code: 'wrong-experiment', details: { field: 'scene.name' } });
    const [first, ...rest] = scene.surface.parameters;
    const parameters = { value: [{ ...first!, max: 2 * first!.max }, ...rest], enumerable: true };
    const surface = Object.create(scene.surface, { parameters }) as typeof scene.surface;
    const wider = await failure(tinyExperiment, { resume, scene: sceneWith(scene, { surface }) });
    expect(wider.error).toMatchObject({ code: 'unusable-checkpoint' });
    const damaged = { ...resume, weights: resume.weights.slice(4) };
    const truncated = await failure(tinyExperiment, { resume: damaged });
    expect(truncated.error).toMatchObject({ code: 'unusable-checkpoint' });
    expect((truncated.error as Error).message).toMatch(/^trainExperiment: weights\.bin is truncated/);
  });

  it('throws the reason of an abort that comes before the first step', async () => {
    const reason = new Error('enough');
    const { error, events } = await failure(tinyExperiment, { signal: AbortSignal.abort(reason) });
    expect(error).toBe(reason);
    expect(events).toHaveLength(1);
  });

  it('ends where the loss is no number any more, and says where', async () => {
    const optimizer = { learningRate: 1e30, weightDecay: 0 };
    const { error, events } = await failure({ ...tinyExperiment, optimizer, schedule: 'constant' });
    expect(error).toBeInstanceOf(TrainingError);
    expect(error).toMatchObject({
      code: 'loss-not-finite',
      details: { epoch: 1, step: 2, learningRate: 1e30, weightDecay: 0 },
      message: expect.stringMatching(
        /^trainingLoop: the loss became (NaN|-?Infinity) in epoch 1, step 2; expected a lower/,
      ),
    });
    expect(events.filter(({ type }) => type === 'step')).toHaveLength(1);
  });

  it('ends where a step does not fit into the memory, and says where', async () => {
    const backend = engine().backend as unknown as {
      makeOutput(shape: number[], dtype: string): { dataId: object };
      disposeData(dataId: object): boolean;
    };
    // Address space only: none of it is written.
    const reserved: object[] = [];
    const fill = ({ type }: TrainingEvent) => {
      if (type !== 'step') return;
      for (const size of [2 ** 26, 2 ** 22, 2 ** 18, 2 ** 12]) {
        expect(() => {
          for (;;) reserved.push(backend.makeOutput([size], 'float32').dataId);
        }).toThrow(/out of memory/);
      }
    };
    const error: unknown = await train(tinyExperiment, { onEvent: fill }).catch((reason: unknown) => reason);
    for (const dataId of reserved) backend.disposeData(dataId);
    expect(error).toBeInstanceOf(TrainingError);
    expect(error).toMatchObject({
      code: 'out-of-memory',
      details: { epoch: 1, step: 2, batchSize: 6, imageSize: 32, workers: 1 },
      message: expect.stringMatching(/^trainingLoop: training stopped in epoch 1, step 2: wasm backend: out of memory/),
    });
    expect(numbersOf((await train()).events)).toEqual(numbersOf(whole.events));
  });

  it('refuses augmentation that would make labels false', async () => {
    const { error } = await failure({ ...tinyExperiment, augmentation: ['mirror', 'hue'] });
    expect(error).toMatchObject({
      code: 'false-labels',
      details: { augmentation: ['mirror', 'hue'], others: ['hue'], scene: 'observable' },
      message: expect.stringMatching(/^checkAugmentation: mirror would make labels false/),
    });
  });

  it.each<[string, Partial<ExperimentOptions>, string]>([
    ['data.kind', { data: { kind: 'dataset', folder: 'x' } }, 'expected "stream", got "dataset"'],
    ['data.folder', { data: { ...tinyExperiment.data, folder: 'x' } }, 'expected nothing, got "x"'],
    ['workers', { workers: 2 }, 'expected 1, got 2'],
    ['budget.epochs', { budget: { epochs: 0 } }, 'expected a whole number of at least 1, got 0'],
  ])('refuses what it cannot train on: %s', async (field, change, rest) => {
    const { error } = await failure({ ...tinyExperiment, ...change });
    expect(error).toMatchObject({ code: 'wrong-experiment', details: { field } });
    expect((error as Error).message).toContain(rest);
  });

  it('validates on the same images whatever the seed, and never on none', async () => {
    const { error } = await failure(tinyExperiment, { validationImages: 0 });
    expect(error).toMatchObject({ code: 'wrong-experiment', details: { field: 'validationImages' } });
  });

  it('ends with what a listener throws', async () => {
    const onEvent = vi.fn(({ type }: TrainingEvent) => {
      if (type === 'step') throw new Error('deaf');
    });
    await expect(train(tinyExperiment, { onEvent })).rejects.toThrow('deaf');
    expect(onEvent.mock.lastCall![0]).toMatchObject({ type: 'failed' });
  });
});

it('a surface of one’s own can be trained on, and resumed', async () => {
  const { surface } = sceneByName('observable');
  const own = Object.create(surface, { name: { value: 'mine', enumerable: true } }) as typeof surface;
  const mine = sceneWith(scene, { surface: own });
  const first = await interrupted(2, { scene: mine });
  const second = await train(tinyExperiment, { scene: mine, resume: first.checkpoint });
  expect(second.complete).toBe(true);
});
