import * as tf from '@tensorflow/tfjs-core';
import { backend_util } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadNativeBackend } from '../../../tests/load-native-backend.js';
import { winogradPays } from '../src/run-winograd.js';
import { startBackends } from './backends.js';
import { DARK_BATCH, type DarkTraining, trainOnDarkImages } from './dark-images.js';

// Before the kernels: tfjs-node brings stock gradients of its own, which would take the place of ours.
const references = ['cpu', ...(loadNativeBackend('Dark images on tfjs-node') ? ['tensorflow'] : [])];

const STEPS = 20;

beforeAll(startBackends);

// Over a dark background every exact sum is 0, where relu's slope changes: rounding errors there let gradient through.
describe('twenty steps on images with a dark background', () => {
  const optimizers: Record<string, () => tf.Optimizer> = {
    'stochastic gradient descent': () => tf.train.sgd(0.2),
    Adam: () => tf.train.adam(0.003),
  };
  it("are of sizes that Winograd's method takes", () => {
    const [second, third] = [
      backend_util.computeConv2DInfo([DARK_BATCH, 13, 13, 8], [3, 3, 8, 8], 1, 1, 'same'),
      backend_util.computeConv2DInfo([DARK_BATCH, 13, 13, 8], [3, 3, 8, 16], 1, 1, 'valid'),
    ];
    expect([winogradPays(second), winogradPays(third)]).toEqual([true, true]);
  });

  for (const [name, create] of Object.entries(optimizers)) {
    it(`with ${name} have the losses that they have elsewhere, and the same gradients in the first`, async () => {
      const actual = await trainOn('wasm', create());
      for (const backend of references) {
        const expected = await trainOn(backend, create());
        // Two batches in turn.
        expect(expected.losses.at(-2)!).toBeLessThan(expected.losses[0]! * 0.98);
        const drift = Math.max(...actual.losses.map((loss, i) => Math.abs(loss - expected.losses[i]!)));
        const errors = actual.firstGradients.map((gradient, i) => largestError(gradient, expected.firstGradients[i]!));
        expect(drift, `losses on ${backend}`).toBeLessThan(1e-4);
        for (const error of errors) expect(error, `gradients on ${backend}`).toBeLessThan(1e-5);
      }
    });
  }
});

async function trainOn(backend: string, optimizer: tf.Optimizer): Promise<DarkTraining> {
  await tf.setBackend(backend);
  return trainOnDarkImages(STEPS, optimizer).finally(() => tf.setBackend('wasm'));
}

/** Relative to the largest value. */
function largestError(actual: Float32Array, expected: Float32Array): number {
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...actual.map((value, i) => Math.abs(value - expected[i]!))) / scale;
}
