import '@tensorflow/tfjs-backend-cpu';
import { fusedAdamWStep } from '@kanrecon/tfjs-wasm-training';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // with all gradients
import { beforeAll, expect, it } from 'vitest';
import golden from '../../test/golden/adamw-groups.json' with { type: 'json' };
import { useWasmTraining } from '../../test/use-wasm-training.js';
import { AdamW, type AdamWOptions } from './adamw.js';

beforeAll(useWasmTraining);

const { shapes, initial, steps, rateFactors, weightDecay } = golden;
const ways: [string, string, AdamWOptions][] = [
  ['host, cpu', 'cpu', { placement: 'host' }],
  ['device, cpu', 'cpu', { placement: 'device' }],
  ['device with a fused step, wasm', 'wasm', { fusedStep: fusedAdamWStep }],
];

function setUp(values = initial) {
  const variables = shapes.map((shape, i) => tf.tidy(() => tf.variable(tf.tensor(values[i]!, shape))));
  const apply = (optimizer: AdamW, t: number) => {
    optimizer.learningRate = steps[t]!.learningRate;
    const gradients = variables.map(({ name }, i) => ({ name, tensor: tf.tensor(steps[t]!.gradients[i]!, shapes[i]) }));
    optimizer.applyGradients(gradients);
    tf.dispose(gradients.map(({ tensor }) => tensor));
  };
  return { variables, apply, values: () => variables.map((variable) => [...variable.dataSync()]) };
}

it.each(ways)(
  'takes PyTorch’s steps with two groups of parameters, and goes on from a state: %s',
  async (_, name, way) => {
    await tf.setBackend(name);
    const { variables, apply, values } = setUp();
    const optimizer = new AdamW({ ...way, weightDecay, rateFactors });
    let resumed: ReturnType<typeof setUp> | undefined;
    let after: AdamW | undefined;
    for (const [t, step] of steps.entries()) {
      if (t === 2) {
        resumed = setUp(values());
        // The state knows the factors; JSON keeps them.
        after = new AdamW(way).setState(await optimizer.getState());
        expect((await after.getState()).slots.map(({ rateFactor }) => rateFactor)).toEqual([0.1, 0.1, undefined]);
      }
      apply(optimizer, t);
      values().forEach((found, i) => {
        found.forEach((value, j) => {
          expect(value).toBeCloseTo(step.values[i]![j]!, 5);
        });
      });
      if (!after) continue;
      resumed!.apply(after, t);
      expect(resumed!.values()).toEqual(values());
    }
    optimizer.dispose();
    after!.dispose();
    tf.dispose([...variables, ...resumed!.variables]);
  },
);

it('keeps the factors of its options where a state of before the first step says nothing', async () => {
  await tf.setBackend('cpu');
  const fresh = new AdamW({ weightDecay, rateFactors }).setState(await new AdamW({ weightDecay }).getState());
  const { apply, values } = setUp();
  apply(fresh, 0);
  expect(values()[0]![0]).toBeCloseTo(steps[0]!.values[0]![0]!, 5);
});

it('refuses factors that are none, and another number of them than of variables', async () => {
  await tf.setBackend('cpu');
  expect(() => new AdamW({ rateFactors: [1, -1] })).toThrow(
    'expected numbers of at least 0, one for each variable, got -1',
  );
  expect(() => new AdamW({ rateFactors: 0.1 as never })).toThrow('got 0.1');
  const optimizer = new AdamW({ rateFactors: [1, 0.1] });
  const { apply, values } = setUp();
  const before = values();
  expect(() => apply(optimizer, 0)).toThrow('not as many rateFactors as variables; expected 3, got 2');
  expect(values()).toEqual(before);
  expect(optimizer.iterations).toBe(0);
});
