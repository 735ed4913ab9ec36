import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import { fusedAdamWStep } from '@kanrecon/tfjs-wasm-training';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import golden from '../../test/golden/adamw-clipped.json' with { type: 'json' };
import { useWasmTraining } from '../../test/use-wasm-training.js';
import { AdamW, type AdamWOptions } from './adamw.js';

const ways: [string, string, AdamWOptions][] = [
  ['host, cpu', 'cpu', { placement: 'host' }],
  ['device, wasm', 'wasm', { placement: 'device' }],
  ['device with a fused step, wasm', 'wasm', { fusedStep: fusedAdamWStep }],
];
const { shapes, steps, clipNorm, averageDecay, learningRate, weightDecay } = golden;
const settings = { clipNorm, averageDecay, learningRate, weightDecay };

beforeAll(useWasmTraining);

function setUp(initial: readonly number[][] = golden.initial) {
  const variables = shapes.map((shape, i) => tf.tidy(() => tf.variable(tf.tensor(initial[i], shape))));
  const apply = (optimizer: AdamW, t: number) => {
    const gradients = variables.map(({ name }, i) => ({ name, tensor: tf.tensor(steps[t].gradients[i], shapes[i]) }));
    optimizer.applyGradients(gradients);
    tf.dispose(gradients.map(({ tensor }) => tensor));
  };
  return { variables, apply, values: () => variables.map((variable) => [...variable.dataSync()]) };
}

function expectClose(actual: readonly number[][], expected: readonly number[][]): void {
  for (const [i, values] of actual.entries()) {
    for (const [j, value] of values.entries()) expect(Math.abs(value - expected[i][j])).toBeLessThan(2e-6);
  }
}

describe.each(ways)('AdamW, clipped and averaged, moments on the %s', (_, backend, way) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  it('takes PyTorch’s steps and keeps PyTorch’s averages', () => {
    const { variables, apply, values } = setUp();
    const optimizer = new AdamW({ ...settings, ...way });
    for (const [t, step] of steps.entries()) {
      apply(optimizer, t);
      expectClose(values(), step.values);
      optimizer.swapAverages(variables);
      expectClose(values(), step.averages);
      optimizer.swapAverages(variables);
      expectClose(values(), step.values);
    }
  });

  it('goes on bit for bit from a state that was taken while the averages were in the place of the weights', async () => {
    const whole = setUp();
    const one = new AdamW({ ...settings, ...way });
    for (let t = 0; t < 10; t++) whole.apply(one, t);

    const first = setUp();
    const before = new AdamW({ ...settings, ...way });
    for (let t = 0; t < 5; t++) first.apply(before, t);
    before.swapAverages(first.variables);
    const resumed = setUp(first.values());
    const after = new AdamW(way).setState(await before.getState());
    expect(after.options).toEqual(before.options);
    after.swapAverages(resumed.variables);
    for (let t = 5; t < 10; t++) resumed.apply(after, t);
    expect(resumed.values()).toEqual(whole.values());
    one.swapAverages(whole.variables);
    after.swapAverages(resumed.variables);
    expect(resumed.values()).toEqual(whole.values());
  });

  it('leaks nothing', async () => {
    const before = tf.memory().numTensors;
    const { variables, apply } = setUp();
    const own = (way.placement === 'host' ? 2 : 4) * variables.length;
    const optimizer = new AdamW({ ...settings, ...way });
    for (let t = 0; t < 3; t++) {
      apply(optimizer, t);
      optimizer.swapAverages(variables);
      optimizer.swapAverages(variables);
      expect(tf.memory().numTensors).toBe(before + own);
    }
    optimizer.setState(await optimizer.getState());
    expect(tf.memory().numTensors).toBe(before + own);
    optimizer.dispose();
    tf.dispose(variables);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('AdamW with averages', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it('has nothing to put in the weights’ place before the first step, or without a decay', () => {
    const { variables, apply, values } = setUp();
    new AdamW(settings).swapAverages(variables);
    const plain = new AdamW({ learningRate });
    apply(plain, 0);
    const trained = values();
    plain.swapAverages(variables);
    expect(values()).toEqual(trained);
  });

  it('says what is wrong', async () => {
    expect(() => new AdamW({ clipNorm: Number.POSITIVE_INFINITY })).toThrow(
      'AdamW: clipNorm is wrong; expected a number above 0',
    );
    expect(() => new AdamW({ clipNorm: 0 })).toThrow('AdamW: clipNorm is wrong; expected a number above 0');
    expect(() => new AdamW({ averageDecay: 1 })).toThrow('AdamW: averageDecay is wrong; expected a number in [0, 1)');
    const { apply, variables } = setUp();
    const optimizer = new AdamW(settings);
    apply(optimizer, 0);
    expect(() => optimizer.swapAverages(variables.slice(1))).toThrow('the number of variables changed; expected 3');
    const state = await optimizer.getState();
    const without = state.slots.map(({ average: _, ...slot }) => slot);
    expect(() => new AdamW().setState({ ...state, slots: without })).toThrow(
      'expected 12 numbers for the shape [3,4], got none',
    );
    const options = { ...state.options, averageDecay: undefined };
    expect(() => new AdamW().setState({ ...state, options })).toThrow(
      'expected none, as no averageDecay is set, got 12',
    );
    const average = new Float32Array(12).fill(Number.NaN);
    const damaged = state.slots.map((slot, i) => (i === 0 ? { ...slot, average } : slot));
    expect(() => new AdamW().setState({ ...state, slots: damaged })).toThrow('are damaged; expected finite numbers');
  });
});
