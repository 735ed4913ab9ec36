import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { currentRuntime } from '../src/current-runtime.js';
import {
  type ConvolutionBranch,
  concatConv2d,
  type FireWeights,
  fire,
  fusedApply,
  fusedConv2d,
  leanVariableGrads,
} from '../src/index.js';
import type { KernelExports } from '../src/kernel-exports.js';
import { ConcatConv2D } from '../src/kernels/concat-conv2d.js';
import { planFusedSteps } from '../src/plan-fused-steps.js';
import { randomValues, relativeError, startBackends } from './backends.js';

beforeAll(startBackends);

type Settings = Omit<ConvolutionBranch, 'filter' | 'bias'>;
interface Case {
  name: string;
  x: [number, number, number, number];
  branches: (Settings & { size: [number, number]; out: number })[];
  bias?: boolean;
}

/** Direct, Winograd and patch kernels, alone and together, so that sums go into each other in every order. */
const cases: Case[] = [
  { name: 'one, pointwise', x: [2, 5, 7, 9], branches: [{ size: [1, 1], out: 10 }] },
  {
    name: 'one, an image',
    x: [2, 12, 9, 3],
    branches: [{ size: [3, 3], out: 11, strides: 2, pad: 'same' }],
    bias: true,
  },
  {
    name: 'one, an image with lopsided padding',
    x: [1, 9, 8, 1],
    branches: [
      {
        size: [2, 4],
        out: 5,
        strides: [1, 2],
        pad: [
          [0, 0],
          [2, 0],
          [1, 3],
          [0, 0],
        ],
      },
    ],
  },
  {
    name: 'a fire module, Winograd and direct',
    x: [6, 13, 13, 16],
    branches: [
      { size: [1, 1], out: 24 },
      { size: [3, 3], out: 20, pad: 'same' },
    ],
    bias: true,
  },
  {
    name: 'two Winograd and two direct ones, odd channels',
    x: [6, 12, 12, 16],
    branches: [
      { size: [3, 3], out: 8, pad: 'same' },
      { size: [1, 1], out: 3 },
      { size: [3, 3], out: 12, pad: 'same' },
      { size: [5, 5], out: 1, pad: 'same' },
    ],
    bias: true,
  },
];

function compute({ x, branches, bias }: Case, activation: 'linear' | 'relu', backend: string) {
  tf.setBackend(backend);
  return tf.tidy(() => {
    const tensor = (shape: number[], seed: number) => tf.tensor(randomValues(shape, seed).data, shape);
    const filters = branches.map(({ size, out }, i) => tensor([...size, x[3], out], 10 + i));
    const biases = bias ? branches.map(({ out }, i) => tensor([out], 20 + i)) : [];
    const call = (input: tf.Tensor, weights: tf.Tensor[]) =>
      concatConv2d(
        input as tf.Tensor4D,
        branches.map(({ size: _, out: __, ...settings }, i) => ({
          ...settings,
          filter: weights[i]!,
          bias: weights[branches.length + i],
        })),
        { activation },
      );
    const inputs = [tensor(x, 1), ...filters, ...biases];
    const output = call(inputs[0]!, inputs.slice(1));
    const cotangent = tensor(output.shape, 5);
    const gradients = tf.grads((...all: tf.Tensor[]) => tf.sum(tf.mul(call(all[0]!, all.slice(1)), cotangent)))(inputs);
    return [output, ...gradients].map((value) => ({ data: value.dataSync<'float32'>().slice(), shape: value.shape }));
  });
}

describe('concatConv2d', () => {
  it.each(cases.flatMap((one) => (['linear', 'relu'] as const).map((activation) => ({ ...one, activation }))))(
    '$name, $activation: output and all gradients as composed on cpu',
    ({ activation, ...one }) => {
      const expected = compute(one, activation, 'cpu');
      const before = tf.memory().numTensors;
      compute(one, activation, 'wasm').forEach((value, i) => {
        expect(relativeError(value, expected[i]!), `value ${i}, [${value.shape}]`).toBeLessThan(5e-6);
      });
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  it('has gradients of gradients, where tfjs has them', () => {
    const second = (backend: string) => {
      tf.setBackend(backend);
      return tf.tidy(() => {
        const filter = tf.tensor(randomValues([3, 3, 2, 3], 1).data, [3, 3, 2, 3]);
        const slope = tf.grad((x) => tf.sum(tf.square(fusedConv2d(x as tf.Tensor4D, filter, { activation: 'relu' }))));
        const x = tf.tensor(randomValues([1, 5, 4, 2], 2).data, [1, 5, 4, 2]);
        return tf
          .grad((value) => tf.sum(tf.square(slope(value))))(x)
          .dataSync<'float32'>()
          .slice();
      });
    };
    const shape = [1, 5, 4, 2];
    expect(relativeError({ data: second('wasm'), shape }, { data: second('cpu'), shape })).toBeLessThan(1e-5);
  });

  it('has the right gradients with dilation, for which tfjs has none: finite differences', () => {
    tf.setBackend('wasm');
    tf.tidy(() => {
      const shapes = [[2, 9, 9, 5], [3, 2, 5, 4], [4]];
      const inputs = shapes.map((shape, i) => tf.tensor(randomValues(shape, i).data, shape));
      const weight = tf.tensor(randomValues([2, 5, 7, 4], 8).data, [2, 5, 7, 4]);
      const loss = (...all: tf.Tensor[]) => {
        const [x, filter, bias] = all as [tf.Tensor4D, tf.Tensor, tf.Tensor];
        return tf.sum(tf.mul(fusedConv2d(x, filter, { bias, dilations: 2 }), weight)) as tf.Scalar;
      };
      const gradients = tf.grads(loss)(inputs);
      gradients.forEach((gradient, i) => {
        const direction = tf.tensor(randomValues(shapes[i]!, 20 + i).data, shapes[i]);
        const moved = (sign: 1 | -1) =>
          loss(...inputs.map((input, j) => (j === i ? tf.add(input, tf.mul(direction, sign)) : input)));
        // The loss is linear in each of them, so a whole step is as exact as a small one.
        const difference = tf.div(tf.sub(moved(1), moved(-1)), 2).dataSync()[0]!;
        const expected = tf.sum(tf.mul(gradient, direction)).dataSync()[0]!;
        expect(Math.abs(difference - expected)).toBeLessThan(1e-4 * Math.abs(expected) + 1e-4);
      });
    });
  });

  it('computes no gradient of what is no variable: not of the image', () => {
    tf.setBackend('wasm');
    const filter = tf.variable(tf.fill([3, 3, 3, 4], 0.1));
    const image = tf.ones<tf.Rank.R4>([1, 8, 8, 3]);
    const run = vi.spyOn(tf.engine(), 'runKernel');
    const lean = leanVariableGrads(() => tf.sum(fusedConv2d(image, filter)), [filter]);
    const stock = tf.variableGrads(() => tf.sum(fusedConv2d(image, filter)), [filter]);
    expect(run.mock.calls.map(([name]) => name)).toContain(ConcatConv2D);
    run.mockRestore();
    for (const { grads } of [lean, stock]) expect(Object.keys(grads)).toEqual([filter.name]);
    const inputGradients = vi.fn();
    const stop = watchInputGradients(inputGradients);
    tf.dispose(leanVariableGrads(() => tf.sum(fusedConv2d(image, filter)), [filter]));
    expect(inputGradients).not.toHaveBeenCalled();
    tf.dispose(tf.grad((value) => tf.sum(fusedConv2d(value as tf.Tensor4D, filter)))(image));
    expect(inputGradients).toHaveBeenCalledTimes(1);
    stop();
    tf.dispose([filter, image, lean, stock]);
  });

  it('says what does not fit', () => {
    const x = tf.ones<tf.Rank.R4>([1, 4, 4, 2]);
    const [three, one, bias] = [tf.ones([3, 3, 2, 5]), tf.ones([1, 1, 2, 5]), tf.ones([5])];
    expect(() => concatConv2d(x, [])).toThrow('concatConv2d: shapes do not fit');
    expect(() => concatConv2d(x, [{ filter: tf.ones([3, 3, 4, 5]) }])).toThrow('got [1,4,4,2], [3,3,4,5]');
    expect(() => concatConv2d(x, [{ filter: one, bias }, { filter: one }])).toThrow('for each or for none a bias');
    expect(() => concatConv2d(x, [{ filter: three }, { filter: one }])).toThrow('outputs of 2 × 2, 4 × 4 pixels');
    expect(() => fusedConv2d(x, one, { activation: 'tanh' as 'relu' })).toThrow(
      'fusedConv2d: unknown activation; expected linear or relu, got tanh',
    );
    expect(() => fusedConv2d(x, tf.ones([3, 3, 4, 5]))).toThrow(
      'fusedConv2d: shapes do not fit; expected x [batch, height, width, c], a filter [h, w, c, out] and, if any, a bias [out]; got [1,4,4,2], [3,3,4,5]',
    );
    const weights = { squeezeKernel: one, squeezeBias: bias, expand1x1Kernel: one, expand1x1Bias: bias };
    expect(() => fire(x, { ...weights, expand3x3Kernel: three, expand3x3Bias: bias })).toThrow(
      'fire: shapes do not fit',
    );
  });
});

describe('fire', () => {
  it('is the three convolutions of the module, with their gradients', () => {
    const run = (backend: string, module: (x: tf.Tensor4D, weights: FireWeights) => tf.Tensor) => {
      tf.setBackend(backend);
      return tf.tidy(() => {
        const shapes = [[1, 1, 12, 8], [8], [1, 1, 8, 16], [16], [3, 3, 8, 16], [16]];
        const parts = [[5, 11, 11, 12], ...shapes].map((shape, i) => tf.tensor(randomValues(shape, i).data, shape));
        const call = (...all: tf.Tensor[]) => {
          const [x, squeezeKernel, squeezeBias, expand1x1Kernel, expand1x1Bias, expand3x3Kernel, expand3x3Bias] =
            all as [tf.Tensor4D, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
          const expand = { expand1x1Kernel, expand1x1Bias, expand3x3Kernel, expand3x3Bias };
          return module(x, { squeezeKernel, squeezeBias, ...expand });
        };
        const gradients = tf.grads((...all: tf.Tensor[]) => tf.sum(tf.square(call(...all))))(parts);
        return [call(...parts), ...gradients].map((value) => ({
          data: value.dataSync<'float32'>().slice(),
          shape: value.shape,
        }));
      });
    };
    const expected = run('cpu', (x, weights) => {
      const convolution = (input: tf.Tensor4D, kernel: tf.Tensor, bias: tf.Tensor) =>
        tf.relu(tf.add(tf.conv2d(input, kernel as tf.Tensor4D, 1, 'same'), bias)) as tf.Tensor4D;
      const squeezed = convolution(x, weights.squeezeKernel, weights.squeezeBias);
      return tf.concat(
        [
          convolution(squeezed, weights.expand1x1Kernel, weights.expand1x1Bias),
          convolution(squeezed, weights.expand3x3Kernel, weights.expand3x3Bias),
        ],
        3,
      );
    });
    run('wasm', fire).forEach((value, i) => {
      expect(relativeError(value, expected[i]!), `value ${i}`).toBeLessThan(5e-6);
    });
  });
});

describe('fusedApply with convolutions', () => {
  const { layers: l } = layers;
  type Symbolic = layers.SymbolicTensor;
  const apply = (layer: layers.layers.Layer, x: Symbolic | Symbolic[]) => layer.apply(x) as Symbolic;

  /** A padded first layer, a fire module, a padded depthwise layer, and near misses: a shared branch, tanh, a dense concatenation. */
  function network(): layers.LayersModel {
    let seed = 0;
    const start = () => layers.initializers.glorotUniform({ seed: ++seed });
    const conv = (x: Symbolic, filters: number, kernelSize: number, more = {}) =>
      apply(l.conv2d({ filters, kernelSize, padding: 'same', kernelInitializer: start(), ...more }), x);
    const relu = (x: Symbolic) => apply(l.activation({ activation: 'relu' }), x);
    const image = layers.input({ shape: [17, 14, 3] });
    const padded = apply(
      l.zeroPadding2d({
        padding: [
          [1, 0],
          [2, 1],
        ] as never,
      }),
      image,
    );
    let x = relu(conv(padded, 8, 3, { strides: 2, padding: 'valid', useBias: false }));
    x = relu(conv(x, 4, 1));
    x = relu(apply(l.concatenate({}), [conv(x, 8, 1), conv(x, 8, 3)]));
    const depthwise = l.depthwiseConv2d({ kernelSize: 3, strides: 2, useBias: false, depthwiseInitializer: start() });
    x = apply(depthwise, apply(l.zeroPadding2d({ padding: 1 }), x));
    const shared = conv(x, 6, 1, { activation: 'relu' });
    const curved = conv(x, 6, 1, { activation: 'tanh' });
    x = apply(l.concatenate({}), [shared, curved, apply(l.add(), [shared, curved])]);
    const pooled = apply(l.globalAveragePooling2d({}), apply(l.reLU({}), conv(x, 5, 3, { dilationRate: 1 })));
    return layers.model({ inputs: image, outputs: apply(l.dense({ units: 2, kernelInitializer: start() }), pooled) });
  }

  it('finds what it knows', () => {
    const model = network();
    // 5 melt with what is before them, a concatenation of two with three layers, and the last relu.
    expect(model.layers.length - 1 - planFusedSteps(model as never)!.length).toBe(2 + 1 + 3 + 1 + 1);
    model.dispose();
  });

  it.each(['wasm', 'cpu'])('is model.apply on %s: output and gradients of every weight', (backend) => {
    tf.setBackend(backend);
    const model = network();
    const { data, shape } = randomValues([4, 17, 14, 3], 7);
    const x = tf.tensor(data, shape);
    const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const run = (forward: () => tf.Tensor) => {
      const { value, grads } = tf.variableGrads(() => tf.sum(tf.square(tf.sub(forward(), 1))) as tf.Scalar, variables);
      const all = [value, ...variables.map(({ name }) => grads[name]!)];
      const result = all.map((tensor) => ({ data: tensor.dataSync<'float32'>().slice(), shape: tensor.shape }));
      tf.dispose(all);
      return result;
    };
    const expected = run(() => model.apply(x, { training: true }) as tf.Tensor);
    const before = tf.memory().numTensors;
    run(() => fusedApply(model, x) as tf.Tensor).forEach((value, i) => {
      expect(relativeError(value, expected[i]!), `value ${i}, [${value.shape}]`).toBeLessThan(1e-5);
    });
    expect(tf.memory().numTensors).toBe(before);
    x.dispose();
    model.dispose();
  });
});

/** Calls `seen` whenever the direct kernel computes the gradient of a convolution's input. */
function watchInputGradients(seen: () => void): () => void {
  const runtime = currentRuntime() as { kernels: KernelExports };
  const { kernels } = runtime;
  const conv2dInputGradient: KernelExports['conv2dInputGradient'] = (...args) => {
    seen();
    kernels.conv2dInputGradient(...args);
  };
  runtime.kernels = { ...kernels, conv2dInputGradient };
  return () => {
    runtime.kernels = kernels;
  };
}
