import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackends } from '../backends.js';
import { randomNumbers } from '../random-numbers.js';
import { giveWeights } from './layer-cases/layer-tasks.js';
import { activations, constraints, initializers, losses, metrics, optimizers, regularizers } from './settings.js';
import { difference, moved, type Task, type Training, trainOnce } from './train-once.js';

const { layers } = tfl;

const BATCH = 6;

beforeAll(startBackends);

describe('a step of training on wasm is that on cpu', () => {
  it.each(activations)('with the activation %s', async (activation) => {
    await compare(() => regression({ activation: activation as 'relu' }));
  });

  it.each(Object.entries(losses))('with the loss %s', async (loss, kind) => {
    await compare(() => classification(kind), { loss });
  });

  it.each(Object.entries(metrics))('with the metric %s', async (_, [metric, kind]) => {
    const loss = kind === 'numbers' ? 'meanSquaredError' : `${kind}Crossentropy`;
    const { losses: values } = await compare(() => classification(kind), { loss, metrics: [metric] });
    expect(values).toHaveLength(2);
  });

  it.each(Object.entries(optimizers))('with the optimizer %s, three steps', async (_, optimizer) => {
    await compare(() => regression({ activation: 'tanh' }), { optimizer, steps: 3 });
  });

  it('in model.fit with all its settings', async () => {
    const classWeight = { 0: 1, 1: 2, 2: 0.5 };
    const settings = { epochs: 3, batchSize: 2, validationSplit: 0.34, shuffle: false, verbose: 0, classWeight };
    const [expected, actual] = [await fit('cpu', settings), await fit('wasm', settings)];
    expect(Object.keys(actual)).toEqual(['val_loss', 'val_acc', 'loss', 'acc']);
    for (const [name, values] of Object.entries(expected)) {
      for (const [epoch, value] of values.entries()) expect(actual[name]![epoch]).toBeCloseTo(value, 5);
    }
  });

  it.each(Object.entries(regularizers))('with the regularizer %s', async (_, create) => {
    await compare(() => regression({ kernelRegularizer: create(), biasRegularizer: create() }));
  });

  it.each(Object.entries(constraints))('with the constraint %s', async (_, create) => {
    await compare(() => regression({ kernelConstraint: create() }));
  });

  it.each(Object.entries(initializers))('from weights of the initializer %s', async (_, create) => {
    const expected = await compare(() => regression({ kernelInitializer: create() }, false));
    expect(expected.before[0]!.every(Number.isFinite)).toBe(true);
  });
});

/** What the cpu backend has. */
async function compare(build: () => Task, training?: Training) {
  const [expected, actual] = [await trainOnce('cpu', build, training), await trainOnce('wasm', build, training)];
  const { error, where } = difference(actual, expected);
  expect(error, where).toBeLessThan(5e-5);
  expect(moved(actual)).toBe(true);
  for (const [i, before] of expected.before.entries()) {
    for (let j = 0; j < before.length; j++) expect(actual.before[i]![j]).toBeCloseTo(before[j]!, 5);
  }
  return expected;
}

async function fit(backend: string, settings: tfl.ModelFitArgs): Promise<Record<string, number[]>> {
  await tf.setBackend(backend);
  const { model, x, y } = classification('categorical');
  model.compile({ optimizer: tf.train.adam(0.05), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  const { history } = await model.fit(x, y, settings).finally(() => tf.setBackend('wasm'));
  model.dispose();
  return history as Record<string, number[]>;
}

/** dense → a dense layer with the settings → dense, from 5 numbers to 2. */
function regression(settings: Omit<Parameters<typeof layers.dense>[0], 'units'>, given = true): Task {
  const model = tfl.sequential({
    layers: [
      layers.dense({ inputShape: [5], units: 6 }),
      layers.dense({ units: 6, ...settings }),
      layers.dense({ units: 2 }),
    ],
  });
  if (given) giveWeights(model);
  return { model, x: numbers([BATCH, 5], 1), y: numbers([BATCH, 2], 2) };
}

/** From 5 numbers to what the loss or metric compares. */
function classification(kind: 'categorical' | 'sparseCategorical' | 'binary' | 'numbers'): Task {
  const activation = kind === 'binary' || kind === 'numbers' ? 'sigmoid' : 'softmax';
  const model = tfl.sequential({
    layers: [layers.dense({ inputShape: [5], units: 6, activation: 'tanh' }), layers.dense({ units: 3, activation })],
  });
  giveWeights(model);
  const classes = tf.tensor1d([0, 2, 1, 1, 0, 2], 'int32');
  const targets = {
    categorical: () => tf.cast(tf.oneHot(classes, 3), 'float32'),
    sparseCategorical: () => tf.cast(tf.expandDims(classes, 1), 'float32'),
    binary: () => tf.cast(tf.greater(numbers([BATCH, 3], 2), 0), 'float32'),
    numbers: () => tf.add(tf.mul(numbers([BATCH, 3], 2), 0.4), 0.5),
  };
  return { model, x: numbers([BATCH, 5], 1), y: tf.tidy(targets[kind]) };
}

function numbers(shape: number[], seed: number): tf.Tensor {
  return tf.tensor(randomNumbers(tf.util.sizeFromShape(shape), seed), shape);
}
