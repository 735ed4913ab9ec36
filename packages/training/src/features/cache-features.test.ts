import '@tensorflow/tfjs-backend-wasm';
import { createReconstructor, trainHeadStep } from '@kanrecon/model';
import { enableWasmTraining } from '@kanrecon/tfjs-wasm-training';
import { memory, setBackend, type Variable, zeros } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { numbersOf, tinyExperiment } from '../../test/tiny-experiment.js';
import type { TrainingEvent } from '../events/training-event.js';
import { trainExperiment } from '../train-experiment.js';
import { cacheFeatures } from './cache-features.js';
import { memoryFeatureStore } from './feature-store.js';

const size = 32;
const pixels = 3 * size * size;
const targets = [{ name: 'shade', min: 0, max: 200 }];
const part = (count: number) => {
  const rows = Array.from({ length: count }, (_, i) => ({ shade: (83 * i) % 200 }));
  const images = new Uint8Array(count * pixels);
  rows.forEach(({ shade }, i) => {
    images.fill(shade, i * pixels, (i + 1) * pixels - 900);
  });
  return { images, rows };
};
const table = { targets, train: part(40), validation: part(10) };
const experiment = {
  ...tinyExperiment,
  model: { ...tinyExperiment.model, trainBackbone: false },
  data: { kind: 'table' },
} as const;
const labelled = (images: Uint8Array) => ({
  readBatch(indices: Uint32Array) {
    const out = new Uint8Array(indices.length * pixels);
    indices.forEach((index, i) => {
      out.set(images.subarray(index * pixels, (index + 1) * pixels), i * pixels);
    });
    return out;
  },
  targets: (indices: Uint32Array) => new Float32Array(indices.length),
});

beforeAll(async () => {
  await enableWasmTraining();
  await setBackend('wasm');
});

describe('trainExperiment with a frozen backbone and a table', () => {
  const train = async (more: object = {}) => {
    const events: TrainingEvent[] = [];
    const trained = await trainExperiment(experiment, { table, onEvent: (event) => events.push(event), ...more });
    trained.reconstructor.dispose();
    return { events, ...trained };
  };

  it('computes features once, with the numbers of the uncached way', async () => {
    const [before, cached, direct] = [memory().numTensors, await train(), await train({ cacheFeatures: false })];
    expect(cached.events).toContainEqual({
      type: 'notice',
      notice: { code: 'features-cached', images: 50, computed: 50 },
    });
    const [numbers, others] = [numbersOf(cached.events), numbersOf(direct.events)];
    expect(numbers).toHaveLength(others.length);
    numbers.forEach((number, i) => {
      expect(Math.abs(number - others[i]!)).toBeLessThan(1e-5);
    });
    expect(memory().numTensors).toBe(before);
  });

  it('goes on from a checkpoint with the same numbers', async () => {
    const stop = new AbortController();
    const onEvent = ({ type }: TrainingEvent) => type === 'epoch' && stop.abort();
    const first = await train({ signal: stop.signal, onEvent });
    expect(first.complete).toBe(false);
    const whole = await train();
    const second = await train({ resume: first.checkpoint });
    expect(Buffer.from(second.checkpoint.weights).equals(Buffer.from(whole.checkpoint.weights))).toBe(true);
  });
});

describe('cacheFeatures', () => {
  const create = () =>
    createReconstructor({ ...experiment.model, targets, imageSize: size, head: { type: 'mlp' }, seed: 3 });

  it('computes anew what a store has not: another backbone, other images, another order', async () => {
    const reconstructor = create();
    const store = memoryFeatureStore();
    const images = table.train.images;
    const computed = async (of: Uint8Array, count = 40) =>
      (await cacheFeatures(reconstructor, labelled(of), count, { store })).computed;
    expect(await computed(images)).toBe(40);
    expect(await computed(images)).toBe(0);
    const changed = images.slice();
    changed[35 * pixels]! ^= 1;
    expect(await computed(changed)).toBe(40);
    expect(await computed(images, 39)).toBe(39);
    const weight = reconstructor.backboneLayers.find(({ weights }) => weights.length > 0)!.weights[0]!;
    const none = zeros(weight.shape as number[]);
    (weight.read() as Variable).assign(none);
    none.dispose();
    expect(await computed(images)).toBe(40);
    reconstructor.dispose();
  });

  it('gives what a head is trained on, by index', async () => {
    const reconstructor = create();
    const cached = await cacheFeatures(reconstructor, labelled(table.train.images), 40);
    const [both, second] = [cached.features(Uint32Array.of(2, 7)), cached.features(Uint32Array.of(7))];
    expect([...both.subarray(both.length / 2)]).toEqual([...second]);
    const optimizer = { applyGradients: () => {} } as never;
    expect(await trainHeadStep(reconstructor, optimizer, both, Float32Array.of(0, 1), { step: 0 })).toBeGreaterThan(0);
    cached.close();
    reconstructor.dispose();
  });

  it('refuses a backbone that is trained, and a count that is none', async () => {
    const trained = createReconstructor({ ...tinyExperiment.model, targets });
    await expect(cacheFeatures(trained, labelled(table.train.images), 40)).rejects.toThrow(
      'expected one that is frozen',
    );
    await expect(cacheFeatures(trained, labelled(table.train.images), 0)).rejects.toThrow('count is wrong');
    trained.dispose();
  });
});
