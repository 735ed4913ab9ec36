import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { randomValues, startBackends } from './backends.js';
import { fillHeap } from './full-heap.js';
import { smallNetwork } from './small-network.js';

beforeAll(startBackends);

let empty = () => {};
afterEach(() => empty());

const SAMPLES = 160;
const data = (targets: number[]) => {
  const [x, y] = [randomValues([SAMPLES, 14, 13, 3], 1), randomValues(targets, 2)];
  return [tf.tensor(x.data, x.shape), tf.tensor(y.data, y.shape)] as const;
};

describe('a model.fit that is refused', () => {
  const cases: [name: string, stopAt: number, options: layers.ModelFitArgs][] = [
    ['in its first batch', 0, {}],
    ['in its second batch', 1, { shuffle: false }],
    ['in the second epoch', 4, {}],
    ['in the second epoch, with a validation', 3, { validationSplit: 0.2 }],
    ['and has several callbacks', 4, { callbacks: [{ onBatchEnd() {} }, { onEpochEnd() {} }] as never }],
  ];
  it.each(cases)('keeps nothing: %s', async (_, stopAt, options) => {
    const model = smallNetwork();
    model.compile({ optimizer: tf.train.sgd(0.05), loss: 'meanSquaredError', metrics: ['mse'] });
    const [x, y] = data([SAMPLES, 3]);
    const fit = (epochs: number, callbacks: unknown[]) =>
      model.fit(x, y, { batchSize: 64, epochs, verbose: 0, ...options, callbacks: callbacks as never });
    const others = (options.callbacks ?? []) as unknown[];
    await fit(1, others);
    const before = tf.memory();
    let batches = 0;
    const onBatchBegin = async () => {
      if (batches++ === stopAt) empty = fillHeap(0);
    };
    await expect(fit(3, [...others, { onBatchBegin }])).rejects.toThrow(/out of memory/);
    empty();
    expect(batches).toBe(stopAt + 1);
    expect(tf.memory()).toEqual(before);
    // The epochs that went well are there, in numbers.
    const { history } = (model as unknown as { model: layers.LayersModel }).model.history as layers.History;
    const whole = stopAt < 3 ? [] : [expect.any(Number)];
    expect(history['loss'] ?? []).toEqual(whole);
    if (options.validationSplit) expect(history['val_loss'] ?? []).toEqual(whole);
    // And it trains as ever.
    expect((await fit(2, others)).history['loss']).toHaveLength(2);
    expect(tf.memory()).toEqual(before);
    tf.dispose([x, y]);
    model.dispose();
  });

  it('leaves alone what others make meanwhile, even where it looks like its own', async () => {
    const model = smallNetwork();
    model.compile({ optimizer: tf.train.sgd(0.05), loss: 'meanSquaredError' });
    const [x, y] = data([SAMPLES, 3]);
    const mine: tf.Tensor[] = [];
    const make = () => mine.push(tf.tensor1d([...Array(SAMPLES).keys()]));
    const onBatchBegin = async () => {
      make();
      empty = fillHeap(0);
    };
    const onEpochBegin = async () => {
      make();
      // While tfjs-layers waits: its own is made after some of these turns and before others.
      for (let turn = Promise.resolve(), i = 0; i < 12; i++) turn = turn.then(() => void make());
    };
    const fitting = model.fit(x, y, { batchSize: 64, verbose: 0, callbacks: { onEpochBegin, onBatchBegin } });
    await expect(fitting).rejects.toThrow(/out of memory/);
    empty();
    expect(mine.length).toBeGreaterThan(10);
    for (const tensor of mine) expect(tensor.dataSync()[SAMPLES - 1]).toBe(SAMPLES - 1);
    tf.dispose([mine, x, y]);
    model.dispose();
  });
});

it('a refused trainOnBatch frees the views that tfjs-layers made of one-dimensional targets, and no more', async () => {
  const model = layers.sequential({
    layers: [layers.layers.flatten({ inputShape: [14, 13, 3] }), layers.layers.dense({ units: 1 })],
  });
  model.compile({ optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError' });
  const [x, y] = data([SAMPLES]);
  await model.trainOnBatch(x, y);
  const before = tf.memory();
  const large = tf.tidy(() => [tf.tile(x, [64, 1, 1, 1]), tf.tile(y, [64])] as const);
  empty = fillHeap(0);
  await expect(model.trainOnBatch(large[0], large[1])).rejects.toThrow(/out of memory/);
  empty();
  expect(large[1].isDisposed).toBe(false);
  tf.dispose(large);
  expect(tf.memory()).toEqual(before);
  await model.trainOnBatch(x, y);
  expect(tf.memory()).toEqual(before);
  tf.dispose([x, y]);
  model.dispose();
});
