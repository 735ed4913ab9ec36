import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { fusedBatchNorm } from '../src/index.js';
import { startBackends } from './backends.js';

// Tensors made on the cpu backend are copied when a kernel asks for them. That can let the memory grow, which takes its buffer away from
// under every view of it; a kernel that holds one then writes to nowhere.

const CHANNELS = 2 ** 18;
const ROUNDS = 20;

beforeAll(startBackends);

it('batchNorm is right when its inputs come from another backend', () => {
  checkWhileMemoryGrows((x, [mean, variance, offset, scale]) =>
    tf.batchNorm(x as tf.Tensor2D, mean!, variance!, offset!, scale!, 0),
  );
});

it('fusedBatchNorm is right when its inputs come from another backend', () => {
  checkWhileMemoryGrows((x, [, , offset, scale]) => fusedBatchNorm(x, scale!, offset!, { epsilon: 0 }).output);
});

/** x is 1 and −1, so its mean is 0 and its variance 1: with scale s and offset o the result is o + s and o − s. Both change every time. */
function checkWhileMemoryGrows(normalise: (x: tf.Tensor, statistics: tf.Tensor1D[]) => tf.Tensor): void {
  const wrong: string[] = [];
  tf.tidy(() => {
    for (let round = 0; round < ROUNDS; round++) {
      tf.setBackend('cpu');
      const [offset, scale] = [3 + round, 2 * round];
      const statistics = [0, 1, offset, scale].map((value) => tf.fill<tf.Rank.R1>([CHANNELS], value));
      const x = tf.tile(tf.tensor2d([[1], [-1]]), [1, CHANNELS]);
      tf.setBackend('wasm');
      const values = normalise(x, statistics).dataSync();
      const at = values.findIndex((value, i) => value !== (i < CHANNELS ? offset + scale : offset - scale));
      if (at >= 0) wrong.push(`round ${round}: ${values[at]} at ${at}`);
    }
  });
  expect(wrong).toEqual([]);
}
