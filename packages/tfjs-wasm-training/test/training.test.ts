import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackends } from './backends.js';
import { trainSmallNetwork } from './small-network.js';

beforeAll(startBackends);

describe('model.fit of a tfjs-layers network', () => {
  it('has the same losses on wasm as on cpu', async () => {
    tf.setBackend('cpu');
    const expected = await trainSmallNetwork();
    tf.setBackend('wasm');
    const actual = await trainSmallNetwork();
    expect(expected.at(-2)!).toBeLessThan(expected[0]! * 0.9);
    actual.forEach((loss, i) => {
      expect(Math.abs(loss - expected[i]!) / expected[i]!, `epoch ${i + 1}: ${loss} and ${expected[i]}`).toBeLessThan(
        2e-3,
      );
    });
  });
});
