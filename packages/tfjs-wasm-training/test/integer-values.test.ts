import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackends } from './backends.js';

beforeAll(startBackends);

const attributes: Record<string, tf.NamedAttrMap> = {
  LeakyRelu: { alpha: 0.25 },
  Step: { alpha: 0 },
  ClipByValue: { clipValueMin: 0, clipValueMax: 3 },
  Reverse: { dims: [0] },
};

const names =
  'Abs Acos Acosh Asin Asinh Atan Atanh Ceil ClipByValue Cos Cosh Elu Erf Floor IsFinite IsInf IsNan Log Log1p LogicalNot Neg Reciprocal Relu Relu6 Reverse Round Rsqrt Selu Sigmoid Sign Sin Sinh Softplus Sqrt Square Step Tan Tanh';

async function onBackend(backend: string, name: string, data: number[], dtype: 'int32' | 'bool'): Promise<number[]> {
  await tf.setBackend(backend);
  return tf.tidy(() => {
    const x = tf.tensor1d(data, dtype);
    return Array.from((tf.engine().runKernel(name, { x }, attributes[name]) as tf.Tensor).dataSync());
  });
}

describe('functions of integers and truth values', () => {
  it.each(names.split(' '))('%s has the values of the cpu backend', async (name) => {
    const integers = [1, 0, -1, 2, 5, -7, 3, 4];
    const truths = [1, 0, 1, 1, 0, 0, 0, 0];
    const ofIntegers = await onBackend('cpu', name, integers, 'int32');
    expect(await onBackend('wasm', name, integers, 'int32')).toEqual(ofIntegers);
    // The cpu backend's reverse of truth values is right; its functions keep what is left of the point, too.
    const ofTruths = await onBackend('cpu', name, truths, 'bool');
    expect(await onBackend('wasm', name, truths, 'bool')).toEqual(ofTruths.map((value) => Number(value !== 0)));
    await tf.setBackend('wasm');
  });

  it('gives exponentials and leaky slopes as floats', () => {
    const x = tf.tensor1d([1, 0, -2], 'int32');
    expect(Array.from(tf.exp(x).dataSync())).toEqual([Math.E, 1, Math.exp(-2)].map(Math.fround));
    expect(Array.from(tf.leakyRelu(x, 0.25).dataSync())).toEqual([1, 0, -0.5]);
  });

  it('has exact means of many', () => {
    const ones = tf.ones([2e7], 'int32');
    expect(tf.mean(ones).dataSync()[0]).toBe(1);
    expect(tf.mean(tf.equal(ones, 1)).dataSync()[0]).toBe(1);
    ones.dispose();
  });
});

describe('windows that do not fit', () => {
  it('gives nothing where no window fits, and goes on', () => {
    for (const pool of [tf.maxPool, tf.avgPool]) {
      expect(pool(tf.ones([1, 1, 8, 3]) as tf.Tensor4D, 2, 2, 'valid').shape).toEqual([1, 0, 4, 3]);
    }
    expect(Array.from(tf.add(tf.ones([2]), 1).dataSync())).toEqual([2, 2]);
  });

  it('refuses windows that see nothing but padding', () => {
    const x = tf.ones([1, 3, 3, 1]) as tf.Tensor4D;
    expect(() => tf.maxPool(x, 1, 2, 1)).toThrow(/maxPool: the padding is too wide/);
    expect(() => tf.avgPool(x, 2, 1, 2)).toThrow(/avgPool: the padding is too wide/);
  });

  it('refuses what neither kernel computes', () => {
    const x = tf.ones([1, 6, 6, 1]) as tf.Tensor4D;
    const filter = tf.ones([2, 2, 1, 1]) as tf.Tensor4D;
    const rounded = () => tf.fused.depthwiseConv2d({ x, filter, strides: 3, pad: 0, dimRoundingMode: 'ceil' });
    expect(rounded).toThrow(/dimRoundingMode 'floor' or none, got 'ceil'/);
    const whole = tf.ones([1, 2, 2, 2, 1], 'int32') as tf.Tensor5D;
    expect(() => tf.maxPool3d(whole, 2, 2, 'valid')).toThrow(/maxPool3d: the values are no floats/);
    const flat = tf.ones([1, 2, 2, 1], 'int32') as tf.Tensor4D;
    expect(() => tf.maxPoolWithArgmax(flat, 2, 2, 'valid')).toThrow(/maxPoolWithArgmax: the values are no floats/);
  });
});

describe('gradients within gradients', () => {
  const within = (gradient: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor) => {
    let inside: number[] = [];
    tf.grad((a) => {
      inside = Array.from(gradient(a).dataSync());
      return tf.sum(a);
    })(x);
    return inside;
  };

  it('mirrorPad has the gradient that it has by itself', () => {
    const weights = tf.tensor1d([1, 2, 3, 4, 5]);
    const gradient = (x: tf.Tensor) =>
      tf.grad((b) => tf.sum(tf.mul(tf.mirrorPad(tf.square(b), [[1, 1]], 'reflect'), weights)))(x);
    // By hand: x₁ lies at places 1, x₂ at 0, 2 and 4, x₃ at 3, and each counts twice its value.
    expect(within(gradient, tf.tensor1d([0.5, -1, 2]))).toEqual([2, -18, 16]);
  });

  it('cumsum has the gradient that it has by itself', () => {
    const x = tf.tensor2d([
      [1, 2],
      [3, 4],
    ]);
    const weights = x.clone();
    const gradient = (a: tf.Tensor) => tf.grad((b) => tf.sum(tf.mul(tf.square(tf.cumsum(b, 0)), weights)))(a);
    expect(within(gradient, x)).toEqual([26, 56, 24, 48]);
  });

  it('keeps any number of results', () => {
    const v = tf.variable(tf.ones([1]));
    const kept: tf.Tensor[] = [];
    const { grads } = tf.variableGrads(() => {
      for (let i = 0; i < 130_000; i++) kept.push(tf.keep(tf.mul(v, 2)));
      return tf.sum(v) as tf.Scalar;
    }, [v]);
    expect(grads[v.name]!.dataSync()[0]).toBe(1);
    for (const tensor of kept) tensor.dispose();
  });
});
