import { describe, expect, it } from 'vitest';
import { drawWeight } from './draw-weight.js';
import { reduceRows } from './reduce-rows.js';
import { snapVector } from './snap-vector.js';

describe('reduceRows', () => {
  it('finds the sparse basis behind a mixed one', () => {
    // (1, −1, 0, 0) and (0, 0, 1, 2), mixed.
    const { rows, pivots } = reduceRows([
      [3, -3, 1, 2],
      [-1, 1, 2, 4],
    ]);
    const columns = [0, 1, 2, 3].map((c) => rows.map((row) => row[c]));
    for (const [r, pivot] of pivots.entries()) expect(columns[pivot]).toEqual(rows.map((_, i) => (i === r ? 1 : 0)));
    expect(rows.map((row) => row.filter((value) => Math.abs(value) > 1e-12).length)).toEqual([2, 2]);
  });

  it('keeps to the allowed columns and refuses dependent rows', () => {
    expect(reduceRows([[5, 1, 1]], (column) => column > 0).pivots).toEqual([1]);
    expect(() =>
      reduceRows([
        [1, 2],
        [2, 4],
      ]),
    ).toThrow('reduceRows: the rows are not independent');
  });
});

describe('snapVector', () => {
  it.each([
    [
      [0.99, 0.51, -0.02],
      [2, 1, 0],
    ],
    [
      [-0.33, 0.99],
      [1, -3],
    ],
    [
      [0, -1.02, 0.98],
      [0, 1, -1],
    ],
    [
      [2, 2, 4],
      [1, 1, 2],
    ],
  ])('%j is a multiple of %j', (vector, integers) => {
    expect(snapVector(vector)).toEqual(integers);
  });

  it('gives none where no small integers are near, unless they may be far', () => {
    expect(snapVector([1, 0.711, 0.137])).toBeUndefined();
    expect(snapVector([1, 0.85, 0.15], 0.3)).toEqual([1, 1, 0]);
    expect(snapVector([0, 0])).toBeUndefined();
  });
});

describe('drawWeight', () => {
  it('is one over the squared noise along the weakest direction of the active parameters', () => {
    // The weakest direction of the last two is (1, −1) / √2, with noise .5 · (.02 + .02 + 2 · .01) = .03.
    const gram = Float64Array.from([0, 0, 0, 0, 2, 1.9, 0, 1.9, 2]);
    const noise = Float64Array.from([9, 0, 0, 0, 0.02, -0.01, 0, -0.01, 0.02]);
    expect(1 / drawWeight({ gram, noise }, [1, 2])).toBeCloseTo(0.03 + 3.9 * 0.003 ** 2, 12);
    expect(drawWeight({ gram: new Float64Array(4), noise: new Float64Array(4) }, [0, 1])).toBe(0);
  });
});
