import '@tensorflow/tfjs-backend-cpu';
import { fusedAdamWStep } from '@kanrecon/tfjs-wasm-training';
import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import golden from '../../test/golden/adamw.json' with { type: 'json' };
import { useWasmTraining } from '../../test/use-wasm-training.js';
import { AdamW, type AdamWOptions, type AdamWState } from './adamw.js';

/** Where the moments are kept, on which backend. */
const ways: [string, string, AdamWOptions][] = [
  ['host, cpu', 'cpu', { placement: 'host' }],
  ['device, cpu', 'cpu', { placement: 'device' }],
  ['device, wasm', 'wasm', { placement: 'device' }],
  ['device with a fused step, wasm', 'wasm', { fusedStep: fusedAdamWStep }],
  ['device with a fused step, cpu', 'cpu', { placement: 'device', fusedStep: fusedAdamWStep }],
];

beforeAll(useWasmTraining);

type Case = (typeof golden.cases)[number];

/** The case's variables and a function that applies the gradients of one step. */
function setUp({ shapes, initial, steps }: Case) {
  const variables = shapes.map((shape, i) => tf.tidy(() => tf.variable(tf.tensor(initial[i], shape))));
  const apply = (optimizer: AdamW, t: number) => {
    optimizer.learningRate = steps[t].learningRate;
    const gradients = variables.map(({ name }, i) => ({ name, tensor: tf.tensor(steps[t].gradients[i], shapes[i]) }));
    optimizer.applyGradients(gradients);
    tf.dispose(gradients.map(({ tensor }) => tensor));
  };
  return { variables, apply, values: () => variables.map((variable) => variable.dataSync().slice()) };
}

describe.each(ways)('AdamW, moments on the %s', (_, backend, way) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  it.each(golden.cases)('takes PyTorch’s ten steps at weight decay $weightDecay', (example) => {
    const { learningRate, weightDecay, steps } = example;
    const { variables, apply, values } = setUp(example);
    const optimizer = new AdamW({ learningRate, weightDecay, ...way });
    steps.forEach((step, t) => {
      apply(optimizer, t);
      values().forEach((actual, i) => {
        actual.forEach((value, j) => {
          const expected = step.values[i][j];
          expect(Math.abs(value - expected)).toBeLessThan(2e-6 * Math.max(1, Math.abs(expected)));
        });
      });
    });
    optimizer.dispose();
    tf.dispose(variables);
  });

  it('goes on bit for bit from a saved state, with other variables', async () => {
    const example = golden.cases[1];
    const { learningRate, weightDecay } = example;
    const options = { learningRate, weightDecay, ...way };
    const whole = setUp(example);
    const one = new AdamW(options);
    for (let t = 0; t < 10; t++) whole.apply(one, t);

    // Five steps, a state, two more steps that the state must not notice.
    const first = setUp(example);
    const before = new AdamW(options);
    for (let t = 0; t < 5; t++) first.apply(before, t);
    const state = await before.getState();
    const values = first.values();
    for (let t = 5; t < 7; t++) first.apply(before, t);

    const resumed = setUp({ ...example, initial: values.map((value) => [...value]) });
    const after = new AdamW(way).setState(state);
    for (let t = 5; t < 10; t++) resumed.apply(after, t);
    expect(after.iterations).toBe(10);
    expect(resumed.values()).toEqual(whole.values());
  });

  it('leaves biases and normalisation weights undecayed if told so', () => {
    const matrix = tf.variable(tf.ones([2, 2]));
    const bias = tf.variable(tf.ones([2]));
    const optimizer = new AdamW({ learningRate: 0.1, weightDecay: 0.5, exempt: 'biasAndNorm', ...way });
    optimizer.applyGradients({ [matrix.name]: tf.zeros([2, 2]), [bias.name]: tf.zeros([2]) });
    expect(matrix.dataSync()[0]).toBeCloseTo(0.95, 6);
    expect(bias.dataSync()[0]).toBe(1);
  });

  it('changes no clone of a variable', () => {
    const weight = tf.variable(tf.ones([2]));
    const clone = weight.clone();
    new AdamW(way).applyGradients({ [weight.name]: tf.ones([2]) });
    expect(weight.dataSync()[0]).toBeLessThan(1);
    expect([...clone.dataSync()]).toEqual([1, 1]);
  });

  it('leaks nothing', async () => {
    const { variables, apply } = setUp(golden.cases[0]);
    const before = tf.memory().numTensors;
    const own = way.placement === 'host' ? 0 : 2 * variables.length;
    const optimizer = new AdamW(way);
    for (let t = 0; t < 4; t++) {
      apply(optimizer, t);
      expect(tf.memory().numTensors).toBe(before + own);
    }
    optimizer.setState(await optimizer.getState());
    expect(tf.memory().numTensors).toBe(before + own);
    optimizer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('serves in model.compile and lowers the loss', async () => {
    const kernelInitializer = initializers.glorotUniform({ seed: 1 });
    const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [2], kernelInitializer })] });
    model.compile({ optimizer: new AdamW({ learningRate: 0.1, weightDecay: 0, ...way }), loss: 'meanSquaredError' });
    const x = tf.tensor2d([0, 0, 0, 1, 1, 0, 1, 1], [4, 2]);
    const y = tf.tensor2d([0, 1, 2, 3], [4, 1]);
    const { history } = await model.fit(x, y, { epochs: 60, batchSize: 4 });
    expect(history.loss.at(-1)).toBeLessThan(0.05);
  });

  it('leaves a variable without a gradient alone', () => {
    const [a, b] = [tf.variable(tf.ones([2])), tf.variable(tf.ones([2]))];
    new AdamW(way).applyGradients([
      { name: a.name, tensor: undefined as unknown as tf.Tensor },
      { name: b.name, tensor: tf.ones([2]) },
    ]);
    expect(a.dataSync()[0]).toBe(1);
    expect(b.dataSync()[0]).toBeLessThan(1);
  });
});

describe('AdamW', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it('says which option or variable is wrong', async () => {
    expect(() => new AdamW({ beta1: 1 })).toThrow('AdamW: beta1 is wrong; expected a number in [0, 1), got 1');
    expect(() => new AdamW({ exempt: 'some' as 'none' })).toThrow('expected "none" or "biasAndNorm", got some');
    expect(() => new AdamW().setState(undefined as unknown as AdamWState)).toThrow('AdamW.setState: there is no state');
    expect(new AdamW({ learningRate: undefined, placement: undefined }).learningRate).toBe(1e-4);
    const { apply } = setUp(golden.cases[0]);
    const optimizer = new AdamW();
    apply(optimizer, 0);
    const other = tf.variable(tf.zeros([7]));
    const gradient = tf.zeros([7]);
    expect(() => optimizer.applyGradients({ [other.name]: gradient })).toThrow('expected 3');
    expect(() => optimizer.applyGradients([1, 2, 3].map(() => ({ name: other.name, tensor: gradient })))).toThrow(
      'expected shape [3,4], got [7]',
    );
    expect(optimizer.iterations).toBe(1);
    const state = await optimizer.getState();
    const slots = [{ ...state.slots[0], firstMoment: new Float32Array(1) }];
    expect(() => optimizer.setState({ ...state, slots })).toThrow('expected 12 numbers, got 1 and 12');
    const moment = Float32Array.from(state.slots[0]!.firstMoment);
    moment[5] = Number.NaN;
    expect(() => optimizer.setState({ ...state, slots: [{ ...state.slots[0]!, firstMoment: moment }] })).toThrow(
      'are damaged; expected finite numbers',
    );
    expect(optimizer.iterations).toBe(1);
  });
});

it('keeps nothing of moments for which there is no room, and starts when there is', async () => {
  await tf.setBackend('wasm');
  const backend = tf.backend() as unknown as {
    makeOutput(shape: number[], dtype: string): tf.TensorInfo;
    disposeData(dataId: object): boolean;
  };
  const size = 2 ** 24;
  const variables = [10, size].map((length) => tf.tidy(() => tf.variable(tf.zeros([length]))));
  const gradients = variables.map(({ name, shape }) => ({ name, tensor: tf.ones(shape) }));
  const optimizer = new AdamW({ learningRate: 0.1, weightDecay: 0 });
  // Address space only: none of it is written.
  const reserved: tf.TensorInfo[] = [];
  expect(() => {
    for (;;) reserved.push(backend.makeOutput([size], 'float32'));
  }).toThrow(/out of memory/);
  const before = tf.memory();
  expect(() => optimizer.applyGradients(gradients)).toThrow(/out of memory/);
  expect(tf.memory()).toEqual(before);
  expect(optimizer.iterations).toBe(0);
  for (const { dataId } of reserved) backend.disposeData(dataId);
  optimizer.applyGradients(gradients);
  expect(variables[1].dataSync()[size - 1]).toBeCloseTo(-0.1, 5);
  optimizer.dispose();
  tf.dispose([...variables, ...gradients.map(({ tensor }) => tensor)]);
});
