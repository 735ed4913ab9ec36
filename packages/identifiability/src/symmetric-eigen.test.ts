import { describe, expect, it } from 'vitest';
import { symmetricEigen } from './symmetric-eigen.js';

describe('symmetricEigen', () => {
  it.each([1, 2, 5, 12])('diagonalises random matrices of %i rows', (n) => {
    const a = Float64Array.from({ length: n * n }, (_, i) =>
      Math.sin(1 + Math.min(i % n, Math.floor(i / n)) * 7 + (i % n) * Math.floor(i / n) * 3),
    );
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[i * n + j] = a[j * n + i];
    const { values, vectors } = symmetricEigen(a, n);
    expect([...values]).toEqual([...values].sort((x, y) => x - y));
    for (let row = 0; row < n; row++) {
      const v = vectors.subarray(row * n, (row + 1) * n);
      for (let i = 0; i < n; i++) {
        const product = v.reduce((sum, value, j) => sum + a[i * n + j] * value, 0);
        expect(product).toBeCloseTo(values[row] * v[i], 12);
      }
      for (let other = 0; other < n; other++) {
        const dot = v.reduce((sum, value, j) => sum + value * vectors[other * n + j], 0);
        expect(dot).toBeCloseTo(other === row ? 1 : 0, 12);
      }
    }
  });

  it('finds small eigenvalues of graded matrices to full relative accuracy', () => {
    // D·H·D with H = [[1, .5], [.5, 1]] and D = diag(1, 1e-8): the small eigenvalue is .75e-16 up to a relative error of 1e-16.
    const { values } = symmetricEigen([1, 0.5e-8, 0.5e-8, 1e-16], 2);
    expect(values[0] / 0.75e-16).toBeCloseTo(1, 10);
    expect(values[1]).toBeCloseTo(1, 12);
  });

  it('leaves zero rows and columns as they are', () => {
    const { values, vectors } = symmetricEigen([0, 0, 0, 0, 2, 1, 0, 1, 2], 3);
    expect([...values].map((value) => Number(value.toFixed(12)))).toEqual([0, 1, 3]);
    expect([...vectors.subarray(0, 3)]).toEqual([1, 0, 0]);
  });
});
