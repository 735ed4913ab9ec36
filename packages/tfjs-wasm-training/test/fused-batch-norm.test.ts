import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { fusedBatchNorm, type NormActivation } from '../src/index.js';
import { randomValues, relativeError, startBackends } from './backends.js';

beforeAll(startBackends);

const ACTIVATIONS: NormActivation[] = ['linear', 'relu', 'swish'];
const SHAPES = [
  [7, 3],
  [5, 1],
  [4, 5, 7],
  [2, 9, 9, 16],
  [3, 7, 5, 33],
  [1, 30, 31, 21],
  [8, 12, 12, 24],
];
const CASES = SHAPES.flatMap((shape) => ACTIVATIONS.map((activation) => ({ shape, activation })));

/** Output, moments and the three gradients of a weighted sum of the output. */
function run(backend: string, shape: number[], activation: NormActivation, offset = 0): tf.Tensor[] {
  tf.setBackend(backend);
  const channels = shape[shape.length - 1]!;
  const tensor = (size: number[], seed: number) => tf.tensor(randomValues(size, seed).data, size);
  return tf.tidy(() => {
    const x = tf.add(tf.mul(tensor(shape, 1), 3), offset);
    const weight = tensor(shape, 2);
    const parts = [x, tensor([channels], 3), tensor([channels], 4)];
    const { output, mean, variance } = fusedBatchNorm(parts[0]!, parts[1]!, parts[2]!, { epsilon: 1e-3, activation });
    const loss = (...values: tf.Tensor[]) => {
      const [a, b, c] = values as [tf.Tensor, tf.Tensor, tf.Tensor];
      return tf.sum(tf.mul(fusedBatchNorm(a, b, c, { epsilon: 1e-3, activation }).output, weight));
    };
    return [output, mean, variance, ...tf.grads(loss)(parts)];
  });
}

function values(tensors: tf.Tensor[]) {
  return tensors.map((tensor) => ({ data: tensor.dataSync<'float32'>(), shape: tensor.shape }));
}

describe('fusedBatchNorm', () => {
  it.each(CASES)('$shape, $activation: as composed on cpu, and its gradients', ({ shape, activation }) => {
    tf.engine().startScope();
    const expected = values(run('cpu', shape, activation));
    const actual = values(run('wasm', shape, activation));
    actual.forEach((value, i) => {
      expect(relativeError(value, expected[i]!)).toBeLessThan(1e-5);
    });
    tf.engine().endScope();
  });

  it('loses nothing where the mean is large', () => {
    tf.engine().startScope();
    tf.setBackend('wasm');
    const shape = [4, 40, 40, 5];
    const { data } = randomValues(shape, 9);
    const shifted = Float32Array.from(data, (value) => Math.fround(value + 1000));
    const ones = tf.ones([5]);
    const { mean, variance } = fusedBatchNorm(tf.tensor(shifted, shape), ones, ones);
    for (let c = 0; c < 5; c++) {
      const own = [...shifted].filter((_, i) => i % 5 === c);
      const exact = own.reduce((a, b) => a + b, 0) / own.length;
      const square = own.reduce((a, b) => a + (b - exact) ** 2, 0) / own.length;
      expect(Math.abs(mean.dataSync()[c]! / exact - 1)).toBeLessThan(1e-6);
      expect(Math.abs(variance.dataSync()[c]! / square - 1)).toBeLessThan(1e-4);
    }
    tf.engine().endScope();
  });

  it('has second derivatives, and leaks nothing', () => {
    const second = (backend: string) => {
      tf.setBackend(backend);
      return tf.tidy(() => {
        const x = tf.tensor2d(randomValues([6, 3], 1).data, [6, 3]);
        const one = tf.tensor1d([1, 0.5, -2]);
        const weight = tf.tensor2d(randomValues([6, 3], 7).data, [6, 3]);
        const first = tf.grad((y: tf.Tensor) =>
          tf.sum(tf.mul(fusedBatchNorm(y, one, one, { activation: 'swish' }).output, weight)),
        );
        return tf
          .grad((y: tf.Tensor) => tf.sum(tf.square(first(y))))(x)
          .dataSync<'float32'>();
      });
    };
    const before = tf.memory().numTensors;
    const [expected, actual] = [second('cpu'), second('wasm')];
    expect(tf.memory().numTensors).toBe(before);
    expect(relativeError({ data: actual, shape: [6, 3] }, { data: expected, shape: [6, 3] })).toBeLessThan(1e-4);
  });

  it('says what does not fit', () => {
    tf.tidy(() => {
      const [x, good, bad] = [tf.zeros([2, 3]), tf.zeros([3]), tf.zeros([4])];
      expect(() => fusedBatchNorm(x, good, bad)).toThrow(
        'expected [..., c] of rank 2 to 4, [c], [c], got [2,3], [3], [4]',
      );
      expect(() => fusedBatchNorm(x, good, good, { activation: 'tanh' as 'relu' })).toThrow('linear, relu, swish');
    });
  });
});

it('the moments of hundreds of thousands of rows are right to the last digits', () => {
  tf.setBackend('wasm');
  const [rows, channels] = [300001, 5];
  const data = randomValues([rows, channels], 9).data.map((value) => value + 3);
  const [mean, variance] = tf.tidy(() => {
    const moments = fusedBatchNorm(tf.tensor(data, [rows, channels]), tf.ones([channels]), tf.zeros([channels]), {
      epsilon: 1e-3,
      activation: 'linear',
    });
    return [moments.mean, moments.variance] as [tf.Tensor, tf.Tensor];
  });
  for (let c = 0; c < channels; c++) {
    let sum = 0;
    for (let i = c; i < data.length; i += channels) sum += data[i]!;
    const expected = sum / rows;
    let squares = 0;
    for (let i = c; i < data.length; i += channels) squares += (data[i]! - expected) ** 2;
    expect(Math.abs(mean.dataSync()[c]! / expected - 1)).toBeLessThan(2e-7);
    expect(Math.abs(variance.dataSync()[c]! / (squares / rows) - 1)).toBeLessThan(3e-7);
  }
  tf.dispose([mean, variance]);
});
