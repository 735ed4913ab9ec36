import { randomStream } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { truncatedNormal } from './truncated-normal.js';

/** Mean and standard deviation by Simpson's rule; the density is taken relative to its greatest, so that no tail is too far. */
function quadrature(low: number, high: number): { mean: number; deviation: number } {
  const top = Math.min(high, Math.max(low, 0));
  const [from, to] = [
    Math.max(low, top - 40 / Math.max(1, Math.abs(top))),
    Math.min(high, top + 40 / Math.max(1, Math.abs(top))),
  ];
  const moments = [0, 0, 0];
  const steps = 20_000;
  for (let i = 0; i <= steps; i++) {
    const x = from + ((to - from) * i) / steps;
    const weight = (i === 0 || i === steps ? 1 : 2 + 2 * (i % 2)) * Math.exp((top - x) * (top + x) * 0.5);
    for (let k = 0; k < 3; k++) moments[k]! += weight * (x - top) ** k;
  }
  const mean = moments[1]! / moments[0]!;
  return { mean: top + mean, deviation: Math.sqrt(moments[2]! / moments[0]! - mean * mean) };
}

const draws = 40_000;
const infinite = Number.POSITIVE_INFINITY;

describe('truncatedNormal', () => {
  it.each([
    [-infinite, infinite],
    [-1, infinite],
    [0, infinite],
    [-infinite, 0.5],
    [1, infinite],
    [1, 1.2],
    [-0.3, 0.4],
    [-0.1, 2.4],
    [-2, 0.6],
    [-0.1, 40],
    [2, 3],
    [-5, -3],
    [8, 9],
    [8, infinite],
    [40, infinite],
    [-infinite, -40],
    [1000, 1001],
  ])('has the moments of the normal distribution between %d and %d', (low, high) => {
    const random = randomStream(6);
    const values = Float64Array.from({ length: draws }, () => truncatedNormal(random, low, high));
    expect(values.every((value) => value >= low && value <= high)).toBe(true);
    const { mean, deviation } = quadrature(low, high);
    const found = values.reduce((sum, value) => sum + value, 0) / draws;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - found) ** 2, 0) / draws);
    expect(Math.abs(found - mean)).toBeLessThan((4 * deviation) / Math.sqrt(draws));
    expect(spread / deviation).toBeGreaterThan(0.97);
    expect(spread / deviation).toBeLessThan(1.03);
  });

  it('gives the nearer end where there is nothing between them', () => {
    const random = randomStream(7);
    expect(truncatedNormal(random, 2, 2)).toBe(2);
    expect(truncatedNormal(random, 3, 2)).toBe(2);
    expect(truncatedNormal(random, -2, -3)).toBe(-2);
  });
});
