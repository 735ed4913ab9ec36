import { expect } from 'vitest';

/** Holds numbers against those of TensorFlow.js, to 1e-4 of the largest. */
export function expectEqual(got: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(got).toHaveLength(expected.length);
  const scale = Array.from(expected).reduce((size, value) => Math.max(size, Math.abs(value)), 0);
  const off = Array.from(got, (value, i) => Math.abs(value - expected[i]!));
  // NaN is no number below anything.
  expect(off.every((one) => one <= 1e-4 * scale) ? 'equal' : `off by ${Math.max(...off)} of ${scale}`).toBe('equal');
}
