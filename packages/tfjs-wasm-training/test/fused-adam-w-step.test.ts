import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { ADAM_W_DEFAULTS, fusedAdamWStep } from '../src/index.js';
import { randomValues, startBackends } from './backends.js';

beforeAll(startBackends);

const SIZE = 131;
const STEPS = 7;
const RATE = 0.02;

describe('fusedAdamWStep', () => {
  it.each(['wasm', 'cpu'])('is AdamW in double precision, within rounding, on %s', (backend) => {
    tf.setBackend(backend);
    const { values, clone } = run();
    const expected = reference();
    values.forEach((value, i) => {
      expect(Math.abs(value - expected[i]!)).toBeLessThan(2e-6);
    });
    // A clone made before a step keeps its values.
    expect(clone).toEqual(Array.from(randomValues([SIZE], 1).data));
  });

  it('gives the same bits whether or not a clone shares a buffer', () => {
    tf.setBackend('wasm');
    const step = (share: boolean) => {
      const [parameter, firstMoment, secondMoment] = [1, 2, 3].map((seed) =>
        tf.tidy(() => tf.variable(tf.abs(tf.tensor1d(randomValues([SIZE], seed).data)))),
      ) as [tf.Variable, tf.Variable, tf.Variable];
      const clones = share ? [parameter.clone(), secondMoment.clone()] : [];
      const gradient = tf.tensor1d(randomValues([SIZE], 4).data);
      fusedAdamWStep({ parameter, gradient, firstMoment, secondMoment }, { step: 3, learningRate: RATE });
      const values = [parameter, firstMoment, secondMoment].map((variable) => Array.from(variable.dataSync()));
      tf.dispose([parameter, firstMoment, secondMoment, gradient, ...clones]);
      return values;
    };
    const before = tf.memory().numTensors;
    expect(step(true)).toEqual(step(false));
    expect(tf.memory().numTensors).toBe(before);
  });

  it('names the parameter whose shape differs', () => {
    tf.setBackend('wasm');
    tf.tidy(() => {
      const state = () => tf.variable(tf.zeros([3]));
      const parts = { parameter: state(), firstMoment: state(), secondMoment: state(), gradient: tf.zeros([4]) };
      expect(() => fusedAdamWStep(parts, { step: 1, learningRate: RATE })).toThrow(/expected \[3\].*got \[4\]/);
      const whole = { ...parts, gradient: tf.zeros([3]) };
      expect(() => fusedAdamWStep(whole, { step: 0, learningRate: RATE })).toThrow(/counted from 1/);
      tf.dispose([parts.parameter, parts.firstMoment, parts.secondMoment]);
    });
  });
});

function run(): { values: Float32Array; clone: number[] } {
  const parameter = tf.variable(tf.tensor1d(randomValues([SIZE], 1).data));
  const firstMoment = tf.variable(tf.zeros([SIZE]));
  const secondMoment = tf.variable(tf.zeros([SIZE]));
  const clone = tf.clone(parameter);
  for (let step = 1; step <= STEPS; step++) {
    const gradient = tf.tensor1d(randomValues([SIZE], 1 + step).data);
    fusedAdamWStep({ parameter, gradient, firstMoment, secondMoment }, { step, learningRate: RATE });
    gradient.dispose();
  }
  const result = { values: parameter.dataSync<'float32'>(), clone: Array.from(clone.dataSync()) };
  tf.dispose([parameter, firstMoment, secondMoment, clone]);
  return result;
}

function reference(): number[] {
  const { beta1, beta2, epsilon, weightDecay } = ADAM_W_DEFAULTS;
  return Array.from(randomValues([SIZE], 1).data, (start, i) => {
    let [parameter, first, second] = [start, 0, 0];
    for (let step = 1; step <= STEPS; step++) {
      const gradient = randomValues([SIZE], 1 + step).data[i]!;
      first = beta1 * first + (1 - beta1) * gradient;
      second = beta2 * second + (1 - beta2) * gradient ** 2;
      parameter *= 1 - RATE * weightDecay;
      parameter -= (RATE * first) / (1 - beta1 ** step) / (Math.sqrt(second / (1 - beta2 ** step)) + epsilon);
    }
    return parameter;
  });
}
