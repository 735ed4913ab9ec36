import { describe, expect, it } from 'vitest';
import { sphere, square } from '../../test/simple-meshes.js';
import { fScore } from './f-score.js';

describe('fScore', () => {
  it('a tilted plane: the part below the tolerance', () => {
    const { precision, recall, fScore: score } = fScore(square(400, 0, 1), square(1), 0.25);
    expect(precision).toBeCloseTo(0.25, 2);
    // From (x, y, 0) to the plane z = x (0 ≤ x): x / √2, within up to x = 0.25 √2.
    const back = fScore(square(400), square(400, 0, 1), 0.25);
    expect(back.precision).toBeCloseTo(0.25 * Math.SQRT2, 2);
    expect(back.recall).toBeCloseTo(0.25, 2);
    expect(back.fScore).toBeCloseTo((2 * back.precision * back.recall) / (back.precision + back.recall), 12);
    expect(score).toBeGreaterThan(0);
    expect(recall).toBeGreaterThan(0);
  });

  it('equal, far apart, and wrong', () => {
    expect(fScore(sphere(1), sphere(1), 1e-6)).toEqual({ fScore: 1, precision: 1, recall: 1 });
    expect(fScore(sphere(1), sphere(1, {}, [9, 0, 0]), 0.5)).toEqual({ fScore: 0, precision: 0, recall: 0 });
    expect(() => fScore(square(1), square(1), 0)).toThrow(
      'fScore: tolerance is wrong; expected a positive number, got 0',
    );
  });
});
