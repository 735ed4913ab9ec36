import { randomStream } from '@kanrecon/scene';
import { uniformInt } from 'pure-rand/distribution/uniformInt';

const shuffleStream = 3;

/**
 * The order in which an epoch goes through `count` samples: 0 … count − 1, shuffled (Fisher-Yates). Depends on the arguments
 * only, so a resumed run continues with the order an uninterrupted one has.
 *
 * @returns Uint32Array of length `count`
 */
export function shuffledIndices(count: number, seed: number, epoch: number): Uint32Array {
  if (!Number.isInteger(count) || count < 0) {
    throw new Error(`shuffledIndices: count must be a whole number ≥ 0, got ${count}`);
  }
  const random = randomStream(shuffleStream, seed, epoch);
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let i = count - 1; i > 0; i--) {
    const j = uniformInt(random, 0, i);
    const kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }
  return order;
}
