import { createHash } from 'node:crypto';
import '@tensorflow/tfjs-backend-wasm';
import { openImageStream } from '@kanrecon/dataset/node';
import { fitImage } from '@kanrecon/image';
import {
  AdamW,
  backboneNames,
  createReconstructor,
  fromArtifacts,
  headTypes,
  type JsonValue,
  type ReconstructorArtifacts,
  toArtifacts,
} from '@kanrecon/model';
import { sceneByName } from '@kanrecon/scene';
import { enableWasmTraining } from '@kanrecon/tfjs-wasm-training';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { numbersOf, tinyExperiment } from '../../test/tiny-experiment.js';
import type { TrainingEvent } from '../events/training-event.js';
import type { ExperimentOptions } from '../experiment/experiment.js';
import { type TrainExperimentOptions, trainExperiment } from '../train-experiment.js';
import { resizedImages } from './resized-images.js';

const scene = sceneByName('observable');
// Epochs of 4 steps: one on 32 pixels, one on 40, one on 48.
const growing = {
  ...tinyExperiment,
  model: { ...tinyExperiment.model, imageSize: 48 },
  growth: { sizes: [32, 40], share: 0.66 },
} satisfies ExperimentOptions;
const hashesOf = ({ weights, optimizer }: ReconstructorArtifacts) =>
  [weights, optimizer!].map((bytes) => createHash('sha256').update(bytes).digest('hex'));

/** Trains, until that many steps are made if a number is given, and keeps what was told. */
async function train(experiment: ExperimentOptions, options: Partial<TrainExperimentOptions> = {}, steps?: number) {
  const events: TrainingEvent[] = [];
  const stop = new AbortController();
  const onEvent = (event: TrainingEvent) => {
    events.push(event);
    if (events.filter(({ type }) => type === 'step').length === steps) stop.abort();
  };
  const data = experiment.data.kind === 'stream' ? { scene, validationImages: 8 } : {};
  const { reconstructor, ...rest } = await trainExperiment(experiment, {
    ...data,
    ...options,
    onEvent,
    signal: stop.signal,
  });
  reconstructor.dispose();
  return { ...rest, events };
}

let whole: Awaited<ReturnType<typeof train>>;
let tensors: number;
beforeAll(async () => {
  await enableWasmTraining();
  await setBackend('wasm');
  tensors = memory().numTensors;
  whole = await train(growing);
});
afterEach(() => expect(memory().numTensors).toBe(tensors));

describe('training on images that grow', () => {
  it('trains as a network of the small size does, step by step', async () => {
    const small = await train({ ...tinyExperiment, model: { ...tinyExperiment.model, imageSize: 32 } }, {}, 3);
    const first = await train(growing, {}, 3);
    const lossesOf = ({ events }: typeof small) => events.flatMap((event) => (event.type === 'step' ? event.loss : []));
    expect(lossesOf(first)).toEqual(lossesOf(small));
    expect(hashesOf(first.checkpoint)).toEqual(hashesOf(small.checkpoint));
    expect(first.checkpoint.manifest.config).toMatchObject({ imageSize: 48 });
  });

  it('goes on at its own size as a training does that never grew', async () => {
    const { growth: _, ...plain } = growing;
    const { reconstructor, optimizerState, extra } = await fromArtifacts((await train(growing, {}, 8)).checkpoint);
    const optimizer = new AdamW().setState(optimizerState!);
    const { growth: __, ...experiment } = reconstructor.card.experiment as Record<string, JsonValue>;
    const card = { ...reconstructor.card, experiment };
    const resume = await toArtifacts(reconstructor, { optimizer, card, extra: extra! });
    optimizer.dispose();
    reconstructor.dispose();
    const rest = await train(plain, { resume });
    expect(hashesOf(rest.checkpoint)).toEqual(hashesOf(whole.checkpoint));
  });

  it.each([1, 3, 4, 5, 8, 10])('goes on after an abort at step %i with the same bytes', async (steps) => {
    const first = await train(growing, {}, steps);
    const second = await train(growing, { resume: structuredClone(first.checkpoint) });
    expect(numbersOf([...first.events, ...second.events])).toEqual(numbersOf(whole.events));
    expect(hashesOf(second.checkpoint)).toEqual(hashesOf(whole.checkpoint));
  });

  it('does so with averaged weights, clipped gradients and a rate of the backbone’s own', async () => {
    const optimizer = { learningRate: 2e-3, backboneRate: 1e-3, clipNorm: 1, averageDecay: 0.9 };
    const averaged = { ...growing, optimizer };
    const first = await train(averaged, {}, 6);
    const second = await train(averaged, { resume: first.checkpoint });
    expect(hashesOf(second.checkpoint)).toEqual(hashesOf((await train(averaged)).checkpoint));
  });

  it('has images drawn at the size of the epoch, by threads too, one stream after another', async () => {
    const sizes: number[] = [];
    let open = 0;
    const drawn = await train(growing, {
      openStream(options) {
        sizes.push(options.imageSize);
        const stream = openImageStream(options);
        const close = stream.close.bind(stream);
        expect(++open).toBe(1);
        stream.close = () => close().finally(() => open--);
        return stream;
      },
    });
    expect(sizes).toEqual([32, 40, 48]);
    expect(open).toBe(0);
    expect(hashesOf(drawn.checkpoint)).toEqual(hashesOf(whole.checkpoint));
  });

  it('tells the sizes: before the first step, with every step, and of every epoch', () => {
    const { events, state } = whole;
    expect(events.find(({ type }) => type === 'started')).toMatchObject({
      imageSize: 48,
      growth: [32, 40, 48].map((imageSize) => ({ imageSize, epochs: 1 })),
    });
    const told = events.flatMap((event) => (event.type === 'step' ? [event.imageSize] : []));
    expect(told).toEqual([32, 40, 48].flatMap((size) => Array(4).fill(size)));
    expect(state.history.map(({ image_size }) => image_size)).toEqual([32, 40, 48]);
  });

  it('stays at its own size when it is made longer', async () => {
    const { events } = await train({ ...growing, budget: { epochs: 6 } }, { resume: whole.checkpoint });
    const told = events.flatMap((event) => (event.type === 'step' ? [event.imageSize] : []));
    expect(told).toEqual(Array(12).fill(48));
  });

  it('resizes a table’s images by the one resizer', async () => {
    const images = Uint8Array.from({ length: 16 * 3 * 48 * 48 }, (_, i) => (7 * i + (i >> 6)) % 256);
    const targets = [{ name: 'shade', min: 0, max: 1 }];
    const rows = Array.from({ length: 16 }, (_, i) => ({ shade: i / 16 }));
    const part = { images, rows };
    const table = { targets, train: part, validation: part };
    const experiment = { ...growing, data: { kind: 'table' } } as const;
    const first = await train(experiment, { table }, 2);
    const second = await train(experiment, { table, resume: first.checkpoint });
    expect(hashesOf(second.checkpoint)).toEqual(hashesOf((await train(experiment, { table })).checkpoint));
    const stored = {
      readBatch: (of: Uint32Array) =>
        Uint8Array.from([...of].flatMap((i) => [...images.subarray(i * 6912, (i + 1) * 6912)])),
      targets: (of: Uint32Array) => Float32Array.from(of),
    };
    const fit = { filter: 'bilinear', padding: 'letterbox', background: [0, 0, 0] } as const;
    const small = resizedImages(stored, { imageSize: 48, fit }, 32).readBatch(Uint32Array.of(5, 2));
    const image = { width: 48, height: 48, data: images.subarray(2 * 6912, 3 * 6912) };
    expect(small.subarray(3 * 32 * 32)).toEqual(fitImage(image, 32, { filter: 'bilinear' }));
  });

  it('ends where the loss is no number any more, as other trainings do', async () => {
    const optimizer = { learningRate: 1e30, weightDecay: 0 };
    await expect(train({ ...growing, optimizer, schedule: 'constant' })).rejects.toMatchObject({
      code: 'loss-not-finite',
      details: { epoch: 1, step: 2 },
    });
  });
});

it('no weight of any backbone or head hangs on the size of images', () => {
  const targets = [{ name: 'one', min: 0, max: 1 }];
  const shapes = (model: object) => {
    const made = createReconstructor({ ...model, targets });
    const names = made.model.weights.map(({ originalName, shape }) => `${originalName} ${shape}`);
    made.dispose();
    return names;
  };
  for (const backbone of backboneNames) {
    expect(shapes({ backbone, imageSize: 40 }), backbone).toEqual(shapes({ backbone, imageSize: 64 }));
  }
  for (const type of headTypes) {
    const model = { backbone: 'smallCnn', head: { type, widths: [4] } };
    expect(shapes({ ...model, imageSize: 33 }), type).toEqual(shapes({ ...model, imageSize: 64 }));
  }
});
