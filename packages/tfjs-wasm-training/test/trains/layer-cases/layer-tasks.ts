import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { randomNumbers } from '../../random-numbers.js';
import type { Task } from '../train-once.js';

const { layers } = tfl;

export type LayerFactory = () => tfl.layers.Layer;

/** Sizes of one sample, without the batch. */
export const ROW = [7];
export const SEQUENCE = [6, 5];
export const IMAGE = [7, 8, 4];
export const FILM = [4, 5, 6, 3];
export const IMAGES = [3, 6, 7, 2];

export const BATCH = 3;

/** dense over the last axis → the layer → flatten → dense: the gradient must come through the layer, and reach its weights. */
export function taskFor(shape: number[], create: LayerFactory, stateful = false): Task {
  const input = stateful ? tfl.input({ batchShape: [BATCH, ...shape] }) : tfl.input({ shape });
  const before = layers.dense({ units: shape.at(-1)!, name: 'before' }).apply(input);
  const output = create().apply(before) as tfl.SymbolicTensor;
  return finish([input], output);
}

/** Normalized along the last axis, between two permutations. */
export function turnedTask(shape: number[], there: number[], back: number[]): Task {
  const input = tfl.input({ shape });
  const before = layers.dense({ units: shape.at(-1)!, name: 'before' }).apply(input);
  const turned = layers.batchNormalization({}).apply(layers.permute({ dims: there }).apply(before));
  return finish([input], layers.permute({ dims: back }).apply(turned) as tfl.SymbolicTensor);
}

export function mergeTask(create: LayerFactory): Task {
  const input = tfl.input({ shape: SEQUENCE });
  const sides = ['left', 'right'].map((name) => layers.dense({ units: 5, name }).apply(input) as tfl.SymbolicTensor);
  return finish([input], create().apply(sides) as tfl.SymbolicTensor);
}

/** The layer comes first: nothing before it is trained. */
export function firstTask(shape: number[], create: LayerFactory): Task {
  const input = tfl.input({ shape });
  return finish([input], create().apply(input) as tfl.SymbolicTensor);
}

export function widthTask(): Task {
  const input = tfl.input({ shape: IMAGE });
  const output = layers.randomWidth({ factor: 0.4, seed: 3 } as never).apply(input);
  return finish([input], layers.globalAveragePooling2d({}).apply(output) as tfl.SymbolicTensor);
}

export function maskedTask(): Task {
  const input = tfl.input({ shape: SEQUENCE });
  const masked = layers.masking({ maskValue: 0 }).apply(input);
  const { model, x, y } = finish([input], layers.lstm({ units: 4 }).apply(masked) as tfl.SymbolicTensor);
  const steps = tf.tensor3d([1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0], [BATCH, 6, 1]);
  return { model, x: tf.mul(x as tf.Tensor, steps), y };
}

/** Numbers of words, some several times. */
export function wordsTask(apply: (words: tfl.SymbolicTensor) => unknown): Task {
  const input = tfl.input({ shape: [6] });
  const { model, y } = finish([input], apply(input) as tfl.SymbolicTensor);
  const x = tf.tensor2d([0, 3, 3, 8, 1, 0, 7, 7, 7, 2, 0, 0, 5, 4, 3, 0, 0, 0], [BATCH, 6]);
  return { model, x, y };
}

function finish(inputs: tfl.SymbolicTensor[], output: tfl.SymbolicTensor): Task {
  const flat = output.shape.length > 2 ? layers.flatten().apply(output) : output;
  const last = layers.dense({ units: 2, name: 'after' }).apply(flat) as tfl.SymbolicTensor;
  const model = tfl.model({ inputs, outputs: last });
  giveWeights(model);
  const shapes = inputs.map(({ shape }) => [BATCH, ...(shape.slice(1) as number[])]);
  const [x] = shapes.map((shape, i) => tf.tensor(randomNumbers(tf.util.sizeFromShape(shape), i + 1), shape));
  return { model, x: x!, y: tf.tensor2d(randomNumbers(BATCH * 2, 50), [BATCH, 2]) };
}

/** Numbers that are the same on every backend; variances are positive. */
export function giveWeights(model: tfl.LayersModel): void {
  model.setWeights(
    model.weights.map((weight, i) => {
      const shape = weight.shape as number[];
      const values = randomNumbers(tf.util.sizeFromShape(shape), 100 + i);
      const isVariance = weight.originalName.includes('variance');
      return tf.tensor(
        isVariance ? values.map((value) => 1 + Math.abs(value)) : values.map((value) => value * 0.6),
        shape,
      );
    }),
  );
}
