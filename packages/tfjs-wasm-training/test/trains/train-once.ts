// The orthogonal initializer, which recurrent layers start with, calls methods of tensors.
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import * as tf from '@tensorflow/tfjs-core';
import type * as layers from '@tensorflow/tfjs-layers';
import { vi } from 'vitest';
import { randomNumbers } from '../random-numbers.js';

/** A network, and what it is to learn. */
export interface Task {
  model: layers.LayersModel;
  x: tf.Tensor | tf.Tensor[];
  y: tf.Tensor | tf.Tensor[];
}

/** How {@link trainOnce} trains, where it is not this. */
export interface Training {
  optimizer?: string | (() => tf.Optimizer);
  loss?: string;
  metrics?: (string | ((yTrue: tf.Tensor, yPred: tf.Tensor) => tf.Tensor))[];
  steps?: number;
}

/** What a step of training leaves: loss and metrics, every weight by name, trainable or not. */
export interface Trained {
  /** Before the first step. */
  before: Float32Array[];
  names: string[];
  losses: number[];
  weights: Float32Array[];
}

/**
 * Builds the network on `backend`, gives it the same weights on every backend, and trains it. Random layers draw from
 * Math.random, which gives the same numbers here each time.
 */
export async function trainOnce(
  backend: string,
  build: () => Task,
  { optimizer = () => tf.train.sgd(0.1), loss = 'meanSquaredError', metrics, steps = 1 }: Training = {},
): Promise<Trained> {
  const former = tf.getBackend();
  await tf.setBackend(backend);
  const random = vi.spyOn(Math, 'random').mockImplementation(repeatable());
  const scope = tf.engine();
  scope.startScope();
  try {
    const { model, x, y } = build();
    model.compile({ optimizer: typeof optimizer === 'function' ? optimizer() : optimizer, loss, metrics });
    const before = model.getWeights().map((weight) => weight.dataSync<'float32'>().slice());
    const losses: number[] = [];
    for (let step = 0; step < steps; step++) losses.push(...[await model.trainOnBatch(x, y)].flat());
    const weights = model.getWeights().map((weight) => weight.dataSync<'float32'>().slice());
    const names = model.weights.map(({ originalName }) => originalName);
    model.dispose();
    return { before, names, losses, weights };
  } finally {
    scope.endScope();
    random.mockRestore();
    await tf.setBackend(former);
  }
}

/**
 * What a step of gradient descent by 0.1 leaves, with gradients from differences of the loss on the cpu backend: a reference
 * where tfjs' own gradients are wrong or missing. Exact but for rounding where the loss is quadratic in each weight.
 */
export async function differentiate(build: () => Task, by = 0.02): Promise<Trained> {
  const former = tf.getBackend();
  await tf.setBackend('cpu');
  const random = vi.spyOn(Math, 'random').mockImplementation(repeatable());
  try {
    const { model, x, y } = build();
    const before = model.getWeights().map((weight) => weight.dataSync<'float32'>().slice());
    const loss = () =>
      tf.tidy(
        () =>
          tf.losses.meanSquaredError(y as tf.Tensor, model.apply(x, { training: true }) as tf.Tensor).dataSync()[0]!,
      );
    const weights = model.weights.map((weight, i) => {
      const variable = weight.read() as tf.Variable;
      const at = (values: Float32Array) => {
        tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
        return loss();
      };
      const stepped = before[i]!.map((value, j) => {
        const moved = before[i]!.slice();
        const [up, down] = [by, -by].map((change) => {
          moved[j] = value + change;
          return at(moved);
        }) as [number, number];
        return weight.trainable ? value - (0.1 * (up - down)) / (2 * by) : value;
      });
      at(before[i]!);
      return stepped;
    });
    return { before, names: model.weights.map(({ originalName }) => originalName), losses: [loss()], weights };
  } finally {
    random.mockRestore();
    await tf.setBackend(former);
  }
}

/** The largest difference of a loss or of a weight's change, relative to the largest of its kind; infinite where one is no number. */
export function difference(actual: Trained, expected: Trained): { error: number; where: string } {
  let worst = { error: 0, where: 'nowhere' };
  // A bias before a normalization has a gradient of 0 but for rounding: only what is large beside the others counts.
  const changes = expected.weights.flatMap((weight, i) =>
    [...weight].map((value, j) => value - expected.before[i]![j]!),
  );
  const least = Math.max(1e-4, 0.02 * changes.reduce((most, change) => Math.max(most, Math.abs(change)), 0));
  const compare = (a: ArrayLike<number>, b: ArrayLike<number>, zero: ArrayLike<number> | undefined, where: string) => {
    let [scale, most] = [least, 0];
    if (a.length !== b.length) most = Number.POSITIVE_INFINITY;
    for (let i = 0; i < b.length; i++) {
      scale = Math.max(scale, Math.abs(b[i]! - (zero?.[i] ?? 0)));
      const off = Math.abs(a[i]! - b[i]!);
      most = Math.max(most, Number.isNaN(off) ? Number.POSITIVE_INFINITY : off);
    }
    if (most / scale > worst.error) worst = { error: most / scale, where };
  };
  compare(actual.losses, expected.losses, undefined, 'loss');
  expected.weights.forEach((weight, i) => {
    compare(actual.weights[i] ?? [], weight, expected.before[i], expected.names[i]!);
  });
  return worst;
}

/** Whether the step changed any weight. */
export function moved({ before, weights }: Trained): boolean {
  return weights.some((weight, i) => weight.some((value, j) => value !== before[i]![j]));
}

function repeatable(): () => number {
  const numbers = randomNumbers(4096, 77);
  let at = 0;
  return () => (numbers[at++ % numbers.length]! + 1) / 2;
}
