/**
 * A seed made from several whole numbers, always in 1 … 2³¹ − 1: TensorFlow.js takes a seed of 0 for "no seed". Different
 * inputs, also permuted ones, give unrelated seeds (the mixing function is splitmix32's).
 *
 * Numbers only, where layers hash their names; merging the two would change the weights, batches and dropout of every seed.
 */
export function deriveSeed(...parts: readonly number[]): number {
  let state = 0x9e3779b9;
  for (const part of parts) {
    // Both halves of the number count: a step above 2³² must not repeat an earlier one.
    state = mix((state ^ (part >>> 0)) + 0x9e3779b9);
    state = mix((state ^ Math.floor(part / 0x1_0000_0000)) + 0x9e3779b9);
  }
  return state >>> 1 || 1;
}

function mix(value: number): number {
  let z = value | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}
