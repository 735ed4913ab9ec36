import { randomStream } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { normal } from '../random-normal.js';
import { solveDamped } from './solve-damped.js';

const n = 6;
const random = randomStream(3);
const list = (length: number) => Float64Array.from({ length }, () => normal(random));

/** BᵀB of a random B with `rows` rows: positive definite from n rows on. */
function positive(rows: number): Float64Array {
  const b = list(rows * n);
  return Float64Array.from({ length: n * n }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < rows; k++) sum += b[k * n + Math.floor(i / n)]! * b[k * n + (i % n)]!;
    return sum;
  });
}

/** Gauss' and Jordan's elimination with pivots, of the rows and columns that are kept. */
function dense(matrix: Float64Array, damping: Float64Array, right: Float64Array, kept: readonly number[]): number[] {
  const rows = kept.map((i) => [...kept.map((j) => matrix[i * n + j]! + (i === j ? damping[i]! : 0)), right[i]!]);
  for (let k = 0; k < rows.length; k++) {
    const pivot = rows
      .slice(k)
      .reduce((best, row, i) => (Math.abs(row[k]!) > Math.abs(rows[best]![k]!) ? k + i : best), k);
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    const lead = rows[k]!.map((value) => value / rows[k]![k]!);
    for (const [i, row] of rows.entries()) {
      rows[i] = i === k ? lead : row.map((value, j) => value - row[k]! * lead[j]!);
    }
  }
  const x = new Array<number>(n).fill(0);
  for (const [i, index] of kept.entries()) x[index] = rows[i]!.at(-1)!;
  return x;
}

describe('solveDamped', () => {
  it.each([
    ['all', []],
    ['the first held', [0]],
    ['the last held', [n - 1]],
    ['some held', [1, 3, 4]],
    ['all but one held', [0, 1, 2, 4, 5]],
    ['all held', [0, 1, 2, 3, 4, 5]],
  ])('solves as dense elimination does: %s', (_, held) => {
    const [matrix, right] = [positive(9), list(n)];
    const damping = list(n).map(Math.abs);
    const before = matrix.slice();
    const kept = Array.from({ length: n }, (_, i) => i).filter((i) => !held.includes(i));
    const isHeld = Array.from({ length: n }, (_, i) => held.includes(i));
    const found = solveDamped(matrix, damping, right, isHeld)!;
    for (const [i, value] of dense(matrix, damping, right, kept).entries()) expect(found[i]).toBeCloseTo(value, 10);
    for (const i of held) expect(found[i]).toBe(0);
    expect(matrix).toEqual(before);
  });

  it('needs damping where rows say the same, and tells where a matrix is not positive definite', () => {
    const [matrix, right, none] = [new Float64Array(n * n).fill(1), list(n), new Array<boolean>(n).fill(false)];
    expect(solveDamped(matrix, new Float64Array(n), right, none)).toBeUndefined();
    expect(solveDamped(matrix, new Float64Array(n).fill(-2), right, none)).toBeUndefined();
    const damping = new Float64Array(n).fill(0.5);
    const found = solveDamped(matrix, damping, right, none)!;
    for (const [i, value] of dense(matrix, damping, right, [0, 1, 2, 3, 4, 5]).entries()) {
      expect(found[i]).toBeCloseTo(value, 10);
    }
  });
});
