import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/**
 * A random generator of its own for every key: equal keys give equal streams, different keys unrelated ones, so a sample
 * depends on its numbers alone and not on what was drawn before it or by which worker.
 *
 * The key is hashed into the 128 bits of xoroshiro128+'s state by four chains of MurmurHash3's finaliser. A seed of 32 bits
 * would not do: among 75,000 views two would share it about every second time.
 *
 * @param keys integers of up to 53 bits, e.g. seed, shape, view
 */
export function randomStream(...keys: readonly number[]): RandomGenerator {
  const state = [0x9e3779b9, 0x7f4a7c15, 0xbf58476d, 0x94d049bb];
  for (const key of keys) {
    if (!Number.isSafeInteger(key)) throw new Error(`randomStream: keys must be integers, got ${key}`);
    for (const word of [key | 0, Math.floor(key / 2 ** 32) | 0]) {
      for (let lane = 0; lane < 4; lane++) state[lane] = mix(Math.imul(state[lane], 0x85ebca6b) + lane + 1, word);
    }
  }
  // The key's length ends the chain, so (1) and (1, 0) differ.
  for (let lane = 0; lane < 4; lane++) state[lane] = mix(state[lane], keys.length);
  if (!state.some(Boolean)) state[0] = 1;
  return xoroshiro128plusFromState(state);
}

function mix(hash: number, word: number): number {
  let h = hash ^ word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
