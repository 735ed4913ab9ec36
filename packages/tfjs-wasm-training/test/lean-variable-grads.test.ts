import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { leanVariableGrads } from '../src/index.js';
import { randomValues, startBackends } from './backends.js';

beforeAll(startBackends);

describe('leanVariableGrads', () => {
  it.each(['wasm', 'cpu'])('gives the same bits as tf.variableGrads on %s and leaks nothing', (backend) => {
    tf.setBackend(backend);
    const model = network();
    const { data, shape } = randomValues([3, 12, 12, 3], 5);
    const x = tf.tensor(data, shape);
    // A variable in use twice, a sum of branches, and a path that the loss does not depend on.
    const extra = tf.variable(tf.scalar(0.7));
    const idle = tf.variable(tf.scalar(1));
    const variables = [...model.trainableWeights.map((weight) => weight.read() as tf.Variable), extra, idle];
    const loss = () => {
      tf.mul(idle, 2);
      const y = model.apply(x, { training: true }) as tf.Tensor;
      return tf.mean(tf.square(tf.add(tf.mul(y, extra), tf.add(extra, extra)))) as tf.Scalar;
    };
    const before = tf.memory().numTensors;
    const expected = tf.variableGrads(loss, variables);
    const actual = leanVariableGrads(loss, variables);
    expect(tf.memory().numTensors).toBe(before + 2 * (variables.length - 1) + 2);
    expect(actual.value.dataSync()).toEqual(expected.value.dataSync());
    const present = Object.keys(expected.grads).filter((name) => expected.grads[name]);
    expect(present.length).toBe(variables.length - 1);
    expect(Object.keys(actual.grads)).toEqual(present);
    for (const name of present) expect(actual.grads[name]!.dataSync()).toEqual(expected.grads[name]!.dataSync());
    tf.dispose([expected, actual]);
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([x, extra, idle]);
    model.dispose();
  });

  it('frees gradients that an operation passes on as they are', () => {
    tf.setBackend('wasm');
    const [a, b] = [tf.variable(tf.scalar(2)), tf.variable(tf.scalar(3))];
    const sum = tf.customGrad((...inputs) => ({
      value: tf.add(inputs[0] as tf.Tensor, inputs[1] as tf.Tensor),
      gradFunc: (dy) => [dy, dy] as unknown as tf.Tensor,
    }));
    const before = tf.memory().numTensors;
    const { value, grads } = leanVariableGrads(() => {
      const c = tf.mul(a, b);
      return tf.add(sum(c, c), sum(a, c)) as tf.Scalar; // 3ab + a
    }, [a, b]);
    expect(value.dataSync()[0]).toBe(20);
    expect([grads[a.name]!.dataSync()[0], grads[b.name]!.dataSync()[0]]).toEqual([10, 6]);
    expect(tf.memory().numTensors).toBe(before + 3);
    tf.dispose([value, grads, a, b]);
  });

  it('keeps the peak of memory low', () => {
    tf.setBackend('wasm');
    const peak = (gradients: typeof leanVariableGrads) => {
      const w = tf.variable(tf.tensor1d([1]));
      let most = 0;
      const watch = tf.customGrad((x) => ({
        value: tf.mul(x as tf.Tensor, 1.5),
        gradFunc: (dy) => {
          most = Math.max(most, tf.memory().numBytes);
          return tf.mul(dy as tf.Tensor, 1.5);
        },
      }));
      const { value, grads } = gradients(() => {
        let x: tf.Tensor = tf.tile(w, [10000]);
        for (let i = 0; i < 10; i++) x = tf.square(watch(x));
        return tf.mean(x) as tf.Scalar;
      }, [w]);
      tf.dispose([value, grads, w]);
      return most;
    };
    const variableGrads = (loss: () => tf.Scalar, variables?: readonly tf.Variable[]) =>
      tf.variableGrads(loss, variables as tf.Variable[]);
    expect(peak(leanVariableGrads)).toBeLessThan(0.65 * peak(variableGrads));
  });

  it('leaves nothing behind when the loss throws, and says what is wrong', () => {
    tf.setBackend('wasm');
    const w = tf.variable(tf.tensor1d([1, 2]));
    const before = tf.memory().numTensors;
    const failing = () => {
      tf.square(w);
      throw new Error('no loss');
    };
    expect(() => leanVariableGrads(failing, [w])).toThrow('no loss');
    expect(() => leanVariableGrads(() => tf.square(w) as unknown as tf.Scalar, [w])).toThrow(
      'expected shape [], got [2]',
    );
    expect(() => leanVariableGrads(() => tf.scalar(1), [w])).toThrow('depends on none of the 1 variables');
    expect(tf.memory().numTensors).toBe(before);
    const nested = tf.grad((x) => leanVariableGrads(() => tf.sum(tf.mul(w, x)) as tf.Scalar, [w]).value);
    expect(() => nested(tf.scalar(1))).toThrow('second derivative');
    w.dispose();
  });
});

function network(): layers.LayersModel {
  const input = layers.input({ shape: [12, 12, 3] });
  const apply = (layer: layers.layers.Layer, x: layers.SymbolicTensor | layers.SymbolicTensor[]) =>
    layer.apply(x) as layers.SymbolicTensor;
  const { layers: l } = layers;
  let x = apply(l.conv2d({ filters: 6, kernelSize: 3, padding: 'same' }), input);
  x = apply(l.activation({ activation: 'swish' }), apply(l.batchNormalization({}), x));
  const y = apply(l.depthwiseConv2d({ kernelSize: 3, padding: 'same' }), x);
  x = apply(l.concatenate({}), [apply(l.add({}), [x, y]), y]);
  x = apply(l.maxPooling2d({ poolSize: 2 }), x);
  const output = apply(l.dense({ units: 4 }), apply(l.globalAveragePooling2d({}), x));
  return layers.model({ inputs: input, outputs: output });
}
