import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { disableWasmTraining, enableWasmTraining, fusedPredict } from '../src/index.js';
import { planFusedSteps } from '../src/plan-fused-steps.js';
import { randomValues, relativeError, startBackends } from './backends.js';

const { layers: l } = layers;
type Symbolic = layers.SymbolicTensor;
const apply = (layer: layers.layers.Layer, x: Symbolic | Symbolic[]) => layer.apply(x) as Symbolic;

beforeAll(startBackends);
afterEach(() => tf.setBackend('wasm'));

let seed = 0;
const start = () => layers.initializers.glorotUniform({ seed: ++seed });

function conv(x: Symbolic, filters: number, kernelSize: number, more = {}): Symbolic {
  return apply(l.conv2d({ filters, kernelSize, padding: 'same', kernelInitializer: start(), ...more }), x);
}

function depthwise(x: Symbolic, kernelSize: number, more = {}): Symbolic {
  return apply(l.depthwiseConv2d({ kernelSize, padding: 'same', depthwiseInitializer: start(), ...more }), x);
}

const norm = (x: Symbolic, more = {}) => apply(l.batchNormalization({ epsilon: 1e-5, ...more }), x);

/** torch's, as @kanrecon/backbones composes them. */
function hardSigmoid(x: Symbolic): Symbolic {
  const shifted = apply(l.rescaling({ scale: 1, offset: 3 }), x);
  return apply(l.rescaling({ scale: 1 / 6, offset: 0 }), apply(l.activation({ activation: 'relu6' }), shifted));
}

const hardSwish = (x: Symbolic) => apply(l.multiply({}), [x, hardSigmoid(x)]);
const activation = (x: Symbolic, name: 'relu' | 'relu6' | 'swish' | 'sigmoid' | 'tanh') =>
  apply(l.activation({ activation: name }), x);

function squeezeExcitation(x: Symbolic, inner: 'swish' | 'relu', hard: boolean): Symbolic {
  const channels = x.shape[3]!;
  const means = apply(l.globalAveragePooling2d({}), x);
  const map = apply(l.reshape({ targetShape: [1, 1, channels] }), means);
  const squeezed = conv(map, 3, 1, { activation: inner, biasInitializer: 'ones' });
  const excited = conv(squeezed, channels, 1, hard ? {} : { activation: 'sigmoid' });
  return apply(l.multiply({}), [x, hard ? hardSigmoid(excited) : excited]);
}

function modelOf(build: (x: Symbolic) => Symbolic | Symbolic[], shape = [13, 10, 5]): layers.LayersModel {
  seed = 0;
  const input = layers.input({ shape });
  const model = layers.model({ inputs: input, outputs: build(input) });
  // Statistics, factors and biases as after training, not 0 and 1.
  const weights = model.getWeights().map((weight, i) => {
    if (weight.shape.length > 1) return weight;
    const isVariance = model.weights[i]!.originalName.endsWith('moving_variance');
    return tf.tensor(
      randomValues(weight.shape, 100 + i).data.map((value) => (isVariance ? 0.1 + value ** 2 : value + 0.3)),
      weight.shape,
    );
  });
  model.setWeights(weights);
  return model;
}

/** Worst error of all outputs relative to the largest value, against the layers on the cpu backend, or another. */
function errorOf(model: layers.LayersModel, batch = 2, reference = 'cpu'): number {
  const { data, shape } = randomValues([batch, ...(model.inputs[0]!.shape.slice(1) as number[])], 3);
  const run = (backend: string, forward: (x: tf.Tensor) => tf.Tensor | tf.Tensor[]) => {
    tf.setBackend(backend);
    return tf.tidy(() =>
      [forward(tf.tensor(data, shape))]
        .flat()
        .map((output) => ({ data: output.dataSync<'float32'>(), shape: output.shape })),
    );
  };
  const expected = run(reference, (x) => model.apply(x, { training: false }) as tf.Tensor);
  const actual = run('wasm', (x) => fusedPredict(model, x));
  expect(actual.length).toBe(expected.length);
  return Math.max(...actual.map((values, i) => relativeError(values, expected[i]!)));
}

/** Layers, and the steps that they become. */
function stepsOf(model: layers.LayersModel): number {
  return planFusedSteps(model as never, false)!.length;
}

const strided = { strides: 2, padding: 'valid' };
const padded = (x: Symbolic) =>
  apply(
    l.zeroPadding2d({
      padding: [
        [1, 2],
        [0, 1],
      ],
    }),
    x,
  );

const fused: [name: string, build: (x: Symbolic) => Symbolic][] = [
  ['convolution', (x) => conv(x, 7, 3)],
  ['convolution without bias, relu inside', (x) => conv(x, 8, 1, { useBias: false, activation: 'relu' })],
  ['convolution, swish inside', (x) => conv(x, 9, 1, { activation: 'swish' })],
  ['convolution, norm', (x) => norm(conv(x, 17, 1))],
  ['convolution without bias, norm, relu', (x) => activation(norm(conv(x, 6, 3, { useBias: false })), 'relu')],
  ['convolution, norm, relu6', (x) => activation(norm(conv(x, 12, 5)), 'relu6')],
  ['convolution, norm, swish', (x) => activation(norm(conv(x, 33, 1)), 'swish')],
  ['convolution, sigmoid', (x) => activation(conv(x, 4, 2), 'sigmoid')],
  ['convolution, ReLU layer', (x) => apply(l.reLU({}), conv(x, 4, 2))],
  ['convolution, norm, Hardswish', (x) => hardSwish(norm(conv(x, 10, 1)))],
  ['convolution, Hardsigmoid', (x) => hardSigmoid(conv(x, 10, 1))],
  ['padding, strided convolution, norm, swish', (x) => activation(norm(conv(padded(x), 11, 3, strided)), 'swish')],
  ['dilated convolution, norm', (x) => norm(conv(x, 6, 3, { dilationRate: 2 }))],
  ['depthwise', (x) => depthwise(x, 3)],
  ['depthwise without bias, norm, relu', (x) => activation(norm(depthwise(x, 5, { useBias: false })), 'relu')],
  ['depthwise, relu6', (x) => activation(depthwise(x, 3), 'relu6')],
  ['depthwise, norm, Hardswish', (x) => hardSwish(norm(depthwise(x, 3)))],
  ['padding, strided depthwise, norm, swish', (x) => activation(norm(depthwise(padded(x), 5, strided)), 'swish')],
  ['depthwise with a dilation, to which tfjs-layers pays no heed', (x) => depthwise(x, 3, { dilationRate: 2 })],
  ['squeeze and excitation', (x) => squeezeExcitation(x, 'swish', false)],
  ['squeeze and excitation with a hard gate', (x) => squeezeExcitation(x, 'relu', true)],
];

describe('fusedPredict', () => {
  it.each(fused)('%s: one step, the numbers of the layers', (_name, build) => {
    const model = modelOf(build);
    expect(stepsOf(model)).toBe(1);
    expect(errorOf(model)).toBeLessThan(1e-5);
    model.dispose();
  });

  it.each([1, 2, 3, 4, 5, 8, 15, 16, 24, 31, 40])('%i channels through all that is fused', (channels) => {
    const build = (x: Symbolic) => {
      const expanded = hardSwish(norm(conv(x, 3 * channels, 1, { useBias: false })));
      const inner = activation(norm(depthwise(expanded, 3, { useBias: false })), 'swish');
      return norm(conv(squeezeExcitation(inner, 'relu', true), channels, 1));
    };
    const model = modelOf(build, [7, 9, channels]);
    expect(stepsOf(model)).toBe(4);
    expect(errorOf(model, 1)).toBeLessThan(1e-5);
    expect(errorOf(model, 3)).toBeLessThan(1e-5);
    model.dispose();
  });

  it("uses Winograd's method as the layers do, with norm and activation behind it", () => {
    const build = (x: Symbolic) => activation(norm(conv(activation(conv(x, 16, 3), 'swish'), 12, 3)), 'relu6');
    const model = modelOf(build, [40, 40, 8]);
    expect(stepsOf(model)).toBe(2);
    expect(errorOf(model)).toBeLessThan(2e-5);
    model.dispose();
  });

  it('fuses nothing that somebody else reads, or that it does not know', () => {
    const model = modelOf((x) => {
      const before = conv(x, 6, 1);
      const normed = norm(before);
      const swished = hardSwish(normed);
      const other = norm(conv(x, 6, 1, { activation: 'tanh' }));
      const free = apply(l.batchNormalization({ epsilon: 1e-5, center: true, axis: 1 }), conv(x, 6, 1));
      const twice = apply(l.rescaling({ scale: 1 / 6, offset: 1 }), activation(conv(x, 6, 1), 'relu6'));
      return [before, swished, apply(l.add({}), [normed, other]), free, twice, activation(conv(x, 3, 1), 'tanh')];
    });
    // The cpu backend takes the statistics of another axis than the last for others.
    expect(errorOf(model, 2, 'wasm')).toBeLessThan(1e-5);
    model.dispose();
  });

  it('joins the convolutions of a fire module, and leaves alone what goes by batches, dropout and dense layers', () => {
    const model = modelOf((x) => {
      const squeezed = activation(conv(x, 3, 1), 'relu');
      const fire = activation(apply(l.concatenate({}), [conv(squeezed, 4, 1), conv(squeezed, 4, 3)]), 'relu');
      const pooled = apply(l.globalAveragePooling2d({}), apply(l.dropout({ rate: 0.5 }), fire));
      return [apply(l.dense({ units: 3, kernelInitializer: start() }), norm(pooled)), pooled];
    });
    expect(stepsOf(model)).toBe(6);
    expect(errorOf(model)).toBeLessThan(1e-5);
    model.dispose();
  });

  it('reads the weights at each call, in a call of its own too', () => {
    const model = modelOf((x) => activation(norm(conv(x, 6, 1)), 'relu'));
    expect(errorOf(model)).toBeLessThan(1e-5);
    model.setWeights(model.getWeights().map((weight) => tf.mul(weight, 0.5)));
    expect(errorOf(model)).toBeLessThan(1e-5);
    const [, , layer] = model.layers as (layers.layers.Layer & { call: unknown })[];
    layer!.call = (x: tf.Tensor | tf.Tensor[]) => tf.mul([x].flat()[0]!, 3);
    expect(errorOf(model)).toBeLessThan(1e-5);
    model.dispose();
  });

  it('runs an activation that was given a call of its own by it', () => {
    const model = modelOf((x) => activation(norm(conv(x, 6, 1)), 'relu'));
    const last = model.layers.at(-1) as layers.layers.Layer & { call: unknown };
    last.call = (x: tf.Tensor | tf.Tensor[]) => tf.abs([x].flat()[0]!);
    expect(errorOf(model)).toBeLessThan(1e-5);
    model.dispose();
  });

  it('keeps no tensor, and no more of a deep network at once than its layers do', () => {
    const model = modelOf((x) =>
      Array.from({ length: 20 }).reduce((y: Symbolic) => activation(conv(y, 5, 1), 'relu'), x),
    );
    tf.setBackend('wasm');
    const x = tf.ones([1, 13, 10, 5]);
    const before = tf.memory().numTensors;
    let most = 0;
    const last = model.layers.at(-2)!;
    const call = last.call.bind(last);
    last.call = (inputs, kwargs) => {
      most = tf.memory().numTensors;
      return call(inputs, kwargs);
    };
    tf.dispose(fusedPredict(model, x));
    expect(tf.memory().numTensors).toBe(before);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(before + 6);
    expect(x.isDisposed).toBe(false);
    model.dispose();
  });

  it('has gradients where they are recorded, and is the layers without these kernels and on other backends', async () => {
    const model = modelOf((x) => activation(norm(conv(x, 6, 1)), 'swish'));
    const { data, shape } = randomValues([1, 13, 10, 5], 4);
    const gradient = (forward: (x: tf.Tensor) => tf.Tensor) =>
      tf.tidy(() => ({ data: tf.grad(forward)(tf.tensor(data, shape)).dataSync<'float32'>(), shape }));
    const expected = gradient((x) => tf.square(model.apply(x, { training: false }) as tf.Tensor));
    expect(
      relativeError(
        gradient((x) => tf.square(fusedPredict(model, x) as tf.Tensor)),
        expected,
      ),
    ).toBeLessThan(1e-5);
    tf.setBackend('cpu');
    const plain = fusedPredict(model, tf.tensor(data, shape)) as tf.Tensor;
    expect(plain.shape).toEqual([1, 13, 10, 6]);
    disableWasmTraining();
    tf.setBackend('wasm');
    expect((fusedPredict(model, tf.tensor(data, shape)) as tf.Tensor).shape).toEqual([1, 13, 10, 6]);
    await enableWasmTraining();
    model.dispose();
  });

  it('takes integers, no images at all, and refuses what does not fit', () => {
    const model = modelOf((x) => squeezeExcitation(activation(norm(conv(x, 6, 1)), 'swish'), 'swish', false));
    tf.tidy(() => {
      expect((fusedPredict(model, tf.zeros([0, 13, 10, 5])) as tf.Tensor).shape).toEqual([0, 13, 10, 6]);
      const [whole, same] = [tf.ones([1, 13, 10, 5], 'int32'), tf.ones([1, 13, 10, 5])];
      expect((fusedPredict(model, whole) as tf.Tensor).dataSync()).toEqual(
        (fusedPredict(model, same) as tf.Tensor).dataSync(),
      );
      expect(() => fusedPredict(model, tf.zeros([1, 13, 10, 4]))).toThrow(
        'fusedPredict: input 0 does not fit the model; expected [any, 13, 10, 5], got [1, 13, 10, 4]',
      );
      expect(() => fusedPredict(model, tf.zeros([13, 10, 5]))).toThrow('got [13, 10, 5]');
      expect(() => fusedPredict(model, [same, same])).toThrow('expected 1 inputs for this model, got 2');
    });
    model.dispose();
    const masked = layers.sequential({ layers: [l.masking({ inputShape: [3, 2] }), l.flatten()] });
    expect((fusedPredict(masked, tf.ones([1, 3, 2])) as tf.Tensor).shape).toEqual([1, 6]);
  });
});
