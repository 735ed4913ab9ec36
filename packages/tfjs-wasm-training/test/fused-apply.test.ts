import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { fusedApply, squeezeExcite } from '../src/index.js';
import { planFusedSteps } from '../src/plan-fused-steps.js';
import { randomValues, relativeError, startBackends } from './backends.js';

beforeAll(startBackends);

const { layers: l } = layers;
type Symbolic = layers.SymbolicTensor;
const apply = (layer: layers.layers.Layer, x: Symbolic | Symbolic[]) => layer.apply(x) as Symbolic;

/** Every pattern that is fused, and near misses: a norm that two layers read, relu6, a norm without scale. */
function network(): layers.LayersModel {
  const input = layers.input({ shape: [14, 11, 3] });
  let seed = 0;
  const start = () => layers.initializers.glorotUniform({ seed: ++seed });
  const conv = (x: Symbolic, filters: number, kernelSize: number, more = {}) =>
    apply(l.conv2d({ filters, kernelSize, padding: 'same', kernelInitializer: start(), ...more }), x);
  const norm = (x: Symbolic, more = {}) => apply(l.batchNormalization({ momentum: 0.9, epsilon: 1e-5, ...more }), x);
  const activation = (x: Symbolic, name: 'swish' | 'relu' | 'relu6') => apply(l.activation({ activation: name }), x);
  let x = activation(norm(conv(input, 10, 3)), 'swish');
  const gap = apply(l.globalAveragePooling2d({}), x);
  const squeezed = conv(apply(l.reshape({ targetShape: [1, 1, 10] }), gap), 3, 1, { activation: 'swish' });
  x = apply(l.multiply({}), [x, conv(squeezed, 10, 1, { activation: 'sigmoid' })]);
  const shared = norm(apply(l.depthwiseConv2d({ kernelSize: 3, padding: 'same', depthwiseInitializer: start() }), x));
  x = apply(l.concatenate({}), [activation(shared, 'relu'), shared, activation(norm(x), 'relu6')]);
  x = activation(norm(conv(x, 7, 1), {}), 'relu');
  x = apply(l.dropout({ rate: 0.3, seed: 5 }), x);
  const pooled = apply(l.globalAveragePooling2d({}), x);
  return layers.model({
    inputs: input,
    outputs: [apply(l.dense({ units: 4, kernelInitializer: start() }), norm(pooled, { epsilon: 1e-2 })), pooled],
  });
}

/** Outputs, gradients of all parameters and all weights after one call; the weights are put back. */
function run(model: layers.LayersModel, forward: (x: tf.Tensor) => tf.Tensor[]) {
  const { data, shape } = randomValues([8, 14, 11, 3], 3);
  const start = model.getWeights().map((weight) => weight.clone());
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const x = tf.tensor(data, shape);
  const outputs: tf.Tensor[] = [];
  const { value, grads } = tf.variableGrads(() => {
    outputs.push(...forward(x).map((output) => tf.keep(output)));
    return outputs.map((output, i) => tf.sum(tf.square(tf.sub(output, i)))).reduce((a, b) => tf.add(a, b)) as tf.Scalar;
  }, variables);
  const all = [...outputs, value, ...variables.map(({ name }) => grads[name]!), ...model.getWeights()];
  const result = all.map((tensor) => ({ data: tensor.dataSync<'float32'>().slice(), shape: tensor.shape }));
  model.setWeights(start);
  tf.dispose([x, outputs, value, grads, start]);
  return result;
}

describe('fusedApply', () => {
  it.each(['wasm', 'cpu'])(
    'is model.apply in training mode on %s: outputs, gradients, moving statistics',
    (backend) => {
      tf.setBackend(backend);
      const model = network();
      run(model, (x) => fusedApply(model, x) as tf.Tensor[]);
      const before = tf.memory().numTensors;
      const actual = run(model, (x) => fusedApply(model, x) as tf.Tensor[]);
      expect(tf.memory().numTensors).toBe(before);
      const expected = run(model, (x) => model.apply(x, { training: true }) as tf.Tensor[]);
      // The bias of a convolution before a norm has no effect: its gradient is rounding alone.
      const scale = Math.max(...expected.flatMap(({ data }) => [...data].map(Math.abs)));
      actual.forEach((value, i) => {
        const largest = Math.max(...[...expected[i]!.data].map(Math.abs));
        if (largest > 1e-4 * scale)
          expect(relativeError(value, expected[i]!), `value ${i}, [${value.shape}]`).toBeLessThan(1e-5);
        else expect(Math.max(...[...value.data].map(Math.abs))).toBeLessThan(2e-4 * scale);
      });
      model.dispose();
    },
  );

  it('fuses what it should and nothing else', () => {
    const model = network();
    const steps = planFusedSteps(model as never)!;
    // 22 layers besides the input; three norms with an activation and the five of squeeze and excitation melt together.
    expect(model.layers.length - 1 - steps.length).toBe(2 + 4);
    const masked = layers.sequential({ layers: [l.masking({ inputShape: [3, 2] }), l.flatten()] });
    expect(planFusedSteps(masked as never)).toBeUndefined();
    const x = tf.ones([1, 3, 2]);
    expect((fusedApply(masked, x) as tf.Tensor).shape).toEqual([1, 6]);
    expect(() => fusedApply(model, [x, x])).toThrow('expected 1 inputs for this model, got 2');
    model.dispose();
  });
});

describe('squeezeExcite', () => {
  it.each([
    [1, 1, 1, 1, 1],
    [2, 5, 3, 7, 2],
    [3, 9, 9, 24, 6],
    [2, 8, 12, 33, 8],
  ])(
    '[%i, %i, %i, %i], %i squeezed: as composed on cpu, with its gradients',
    (batch, height, width, channels, hidden) => {
      const shapes = [
        [batch, height, width, channels],
        [1, 1, channels, hidden],
        [hidden],
        [1, 1, hidden, channels],
        [channels],
      ];
      const block = (...values: tf.Tensor[]) => {
        const [x, squeezeKernel, squeezeBias, exciteKernel, exciteBias] = values as [
          tf.Tensor4D,
          tf.Tensor,
          tf.Tensor,
          tf.Tensor,
          tf.Tensor,
        ];
        return squeezeExcite(x, { squeezeKernel, squeezeBias, exciteKernel, exciteBias });
      };
      const compute = (backend: string) => {
        tf.setBackend(backend);
        return tf.tidy(() => {
          const parts = shapes.map((shape, i) => tf.tensor(randomValues(shape, i + 1).data, shape));
          const weight = tf.tensor(randomValues(shapes[0]!, 9).data, shapes[0]);
          const gradients = tf.grads((...values: tf.Tensor[]) => tf.sum(tf.mul(block(...values), weight)))(parts);
          return [block(...parts), ...gradients].map((tensor) => ({
            data: tensor.dataSync<'float32'>(),
            shape: tensor.shape,
          }));
        });
      };
      const expected = compute('cpu');
      const before = tf.memory().numTensors;
      compute('wasm').forEach((value, i) => {
        expect(relativeError(value, expected[i]!)).toBeLessThan(1e-5);
      });
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  it('says what does not fit', () => {
    tf.tidy(() => {
      const [a, b] = [tf.zeros([1, 1, 3, 2]), tf.zeros([2])];
      const weights = { squeezeKernel: a, squeezeBias: b, exciteKernel: a, exciteBias: b };
      expect(() => squeezeExcite(tf.zeros([1, 2, 2, 3]), weights)).toThrow(
        'expected [1,1,3,2], [2], [1,1,2,3], [3] for x [1,2,2,3], got [1,1,3,2], [2], [1,1,3,2], [2]',
      );
    });
  });
});
