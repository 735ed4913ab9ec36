import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createReconstructor, type Reconstructor } from '@kanrecon/model';
import { saveReconstructor } from '@kanrecon/model/node';
import { sceneByName } from '@kanrecon/scene';
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/temporary-folder.js';
import { type ExperimentOptions, type TrainingEvent, type TrainingNotice, trainExperiment } from '../src/index.js';
import {
  activateBackend,
  loadCheckpoint,
  loadNetwork,
  readRunConfig,
  readRunSummary,
  resumeRun,
  runFolder,
  startRun,
} from '../src/node.js';
import { numbersOf, tinyExperiment } from './tiny-experiment.js';

// Trainings that begin from another network's weights.
const root = temporaryFolder();
const scene = sceneByName('observable');
const draw = { scene, validationImages: 4 };
const mlp: ExperimentOptions = {
  ...tinyExperiment,
  model: { ...tinyExperiment.model, imageSize: 40, head: { type: 'mlp', widths: [8], dropout: 0.3 } },
};
let source: Reconstructor;

beforeAll(async () => {
  await activateBackend('wasm');
  const { model } = tinyExperiment;
  source = createReconstructor({ ...model, seed: 9, targets: [{ name: 'girth', min: 0, max: 1 }] });
  await saveReconstructor(source, join(root, 'source'));
});
afterAll(() => rmSync(root, { recursive: true }));

const noticeOf = (events: readonly TrainingEvent[]) =>
  events
    .filter((event): event is TrainingNotice => event.type === 'notice')
    .map(({ notice }) => notice)
    .find(({ code }) => code === 'begun-from');
const bytes = (out: string, ...parts: string[]) => readFileSync(join(root, out, ...parts));

/** A run that begins from the source, and what it told; a crash comes with the first event of that kind. */
async function start(out: string, crash?: TrainingEvent['type'], experiment: ExperimentOptions = mlp) {
  const events: TrainingEvent[] = [];
  const onEvent = (event: TrainingEvent) => {
    events.push(event);
    if (event.type === crash) throw new Error('cut off');
  };
  const initFrom = await loadNetwork(join(root, 'source'));
  const options = { out: join(root, out), backend: 'wasm', onInvalid: 'refuse', onEvent, draw, initFrom } as const;
  const run = startRun(experiment, options);
  await (crash ? expect(run).rejects.toThrow('cut off') : run);
  initFrom.dispose();
  return events;
}

describe('a run that begins from a trained network', () => {
  const init = {
    name: 'SMALLCNN_DROP3_FOURIER_DROP_8',
    taken: 30,
    fresh: [
      { name: 'head_0/kernel', shape: [3072, 8] },
      { name: 'head_0/bias', shape: [8] },
      { name: 'head_1/kernel', shape: [8, 6] },
      { name: 'head_1/bias', shape: [6] },
    ],
  };

  it('takes over what fits, and keeps what did not, in events, configuration, card and summary', async () => {
    const notice = noticeOf(await start('whole'));
    expect(notice).toMatchObject({ code: 'begun-from', ...init });
    const { code: _, ...told } = notice as object as { code: string };
    const folder = runFolder(join(root, 'whole'));
    expect((await readRunConfig(folder)).init).toEqual(told);
    expect((await readRunSummary(folder))!.init).toEqual(told);
    for (const kind of ['best', 'last'] as const) {
      const { reconstructor } = await loadCheckpoint(folder, kind);
      expect(reconstructor.card.init).toEqual(told);
      reconstructor.dispose();
    }
  });

  it('gives the same numbers again, and others than from random weights', async () => {
    const again = await start('again');
    expect(bytes('again', 'last', 'weights.bin').equals(bytes('whole', 'last', 'weights.bin'))).toBe(true);
    const random: TrainingEvent[] = [];
    const onEvent = (event: TrainingEvent) => void random.push(event);
    await startRun(mlp, { out: join(root, 'random'), backend: 'wasm', onInvalid: 'refuse', draw, onEvent });
    expect(noticeOf(random)).toBeUndefined();
    expect(numbersOf(random)[0]).not.toBe(numbersOf(again)[0]);
    expect(existsSync(join(root, 'random', 'metrics.json'))).toBe(true);
    expect((await readRunSummary(runFolder(join(root, 'random'))))!.init).toBeUndefined();
  });

  it.each<TrainingEvent['type']>(['started', 'step', 'epoch'])(
    'goes on without it, with the same numbers, when it is cut off at the first event %s',
    async (crash) => {
      await start(`cut-${crash}`, crash);
      const options = { out: join(root, `cut-${crash}`), backend: 'wasm', onInvalid: 'refuse' } as const;
      const { init: kept, finished } = await resumeRun({}, options);
      expect(finished).toBe(true);
      expect(kept).toMatchObject(init);
      for (const file of ['weights.bin', 'optimizer.bin']) {
        const same = bytes(`cut-${crash}`, 'last', file).equals(bytes('whole', 'last', file));
        expect(same, file).toBe(true);
      }
    },
  );

  it('that has lost its first checkpoint cannot begin from random weights without a word', async () => {
    await start('lost', 'started');
    rmSync(join(root, 'lost', 'last'), { recursive: true });
    const options = { out: join(root, 'lost'), backend: 'wasm', onInvalid: 'refuse' } as const;
    await expect(resumeRun({}, options)).rejects.toMatchObject({ code: 'checkpoints-missing', details: { epochs: 0 } });
  });

  it('refuses a network of which nothing fits', async () => {
    const other: ExperimentOptions = { ...mlp, model: { ...mlp.model, backbone: 'squeezeNet11' } };
    const options = { out: join(root, 'unfit'), backend: 'wasm', onInvalid: 'refuse', draw } as const;
    await expect(startRun(other, { ...options, initFrom: source })).rejects.toMatchObject({
      code: 'nothing-fits',
      message:
        'beginTraining: no weight of SMALLCNN_DROP3_FOURIER_DROP_8 fits SQUEEZENET_DROP3_CLASSICA_DROP_8; expected a network with the same backbone',
    });
    expect(existsSync(join(root, 'unfit', 'config.json'))).toBe(false);
  });

  it('says where there is no network to load', async () => {
    await expect(loadNetwork(join(root, 'nowhere'))).rejects.toMatchObject({ code: 'no-run' });
    await expect(loadNetwork(join(root, 'cut-started'))).resolves.toMatchObject({ name: expect.any(String) });
  });
});

describe('a training in memory that begins from a trained network', () => {
  it('tells what did not fit, goes on without it, and leaves it as it was', async () => {
    const events: TrainingEvent[] = [];
    const stop = new AbortController();
    const onEvent = (event: TrainingEvent) => {
      events.push(event);
      if (events.filter(({ type }) => type === 'step').length === 5) stop.abort();
    };
    const tensors = memory().numTensors;
    const common = { scene, validationImages: 4 };
    const whole = await trainExperiment(mlp, { ...common, initFrom: source });
    const first = await trainExperiment(mlp, { ...common, initFrom: source, onEvent, signal: stop.signal });
    expect(noticeOf(events)).toMatchObject({ taken: 30 });
    const second = await trainExperiment(mlp, { ...common, resume: structuredClone(first.checkpoint) });
    for (const { reconstructor } of [whole, first, second]) reconstructor.dispose();
    expect(Buffer.from(second.checkpoint.weights).equals(Buffer.from(whole.checkpoint.weights))).toBe(true);
    expect(second.checkpoint.manifest.card.init).toEqual(whole.checkpoint.manifest.card.init);
    expect(second.checkpoint.manifest.card.init).toMatchObject({ taken: 30 });
    expect(memory().numTensors).toBe(tensors);
    const both = trainExperiment(mlp, { ...common, initFrom: source, resume: first.checkpoint });
    await expect(both).rejects.toThrow('initFrom is wrong; expected none beside resume, which holds the weights');
  });

  it('refuses a network of which nothing fits, and leaves nothing behind', async () => {
    const tensors = memory().numTensors;
    const other: ExperimentOptions = { ...mlp, model: { ...mlp.model, backbone: 'squeezeNet11' } };
    const failed = trainExperiment(other, { scene, validationImages: 4, initFrom: source });
    await expect(failed).rejects.toMatchObject({ code: 'nothing-fits' });
    expect(memory().numTensors).toBe(tensors);
  });
});
