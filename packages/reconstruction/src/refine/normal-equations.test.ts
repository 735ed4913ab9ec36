import { describe, expect, it } from 'vitest';
import type { Level } from './level.js';
import { gradient, normalEquations } from './normal-equations.js';

// Residuals 1, 0, −2 of pixels 0, 2, 5; weights 1 / (1 + 1), 2, 4 / (1 + 16).
const level: Level = {
  ...{ size: 1, blur: 0, expected: 0, step: 0.5, central: true, iterations: 1, gain: 0 },
  target: Float32Array.of(1, 2, 3),
  weights: Float32Array.of(1, 2, 4),
  outlier: 1,
};
const pixels = Float32Array.of(0, 2, 5);
const w = [0.5, 2, 4 / 17];
const r = [1, 0, -2];
const product = (x: ArrayLike<number>, y: ArrayLike<number>) => w.reduce((sum, v, i) => sum + v * x[i]! * y[i]!, 0);
const [a, b] = [Float32Array.of(1, -1, 2), Float32Array.of(3, 0.5, -2)];

describe('normalEquations', () => {
  it('are JᵀWJ and JᵀWr with weights that outliers lose; nothing stands where a direction has no derivative', () => {
    const slopes = [
      { way: Float64Array.of(1, 0, 0), pixels: a },
      { way: Float64Array.of(0, 0, 1), pixels: b },
    ];
    const { matrix, right } = normalEquations(level, pixels, slopes, 3);
    const expected = [product(a, a), 0, product(a, b), 0, 0, 0, product(a, b), 0, product(b, b)];
    for (const [i, value] of expected.entries()) expect(matrix[i]).toBeCloseTo(value, 5);
    for (const [i, value] of [product(a, r), 0, product(b, r)].entries()) expect(right[i]).toBeCloseTo(value, 5);
    expect(gradient(level, pixels, slopes, 3)).toEqual(right);
  });

  it('are the same along turned ways, as the derivatives along them are those of the directions, turned', () => {
    const [c, s] = [0.6, 0.8];
    const turned = [
      { way: Float64Array.of(c, s), pixels: a.map((value, i) => c * value + s * b[i]!) },
      { way: Float64Array.of(-s, c), pixels: a.map((value, i) => -s * value + c * b[i]!) },
    ];
    const { matrix, right } = normalEquations(level, pixels, turned, 2);
    const expected = [product(a, a), product(a, b), product(a, b), product(b, b)];
    for (const [i, value] of expected.entries()) expect(matrix[i]).toBeCloseTo(value, 5);
    for (const [i, value] of [product(a, r), product(b, r)].entries()) expect(right[i]).toBeCloseTo(value, 5);
  });
});
