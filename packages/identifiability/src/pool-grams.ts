import type { LawDraw } from './law-search.js';

/**
 * Σ over the draws of SᵀGS, weighted; S takes the unknowns to shares of the parameters' ranges.
 *
 * @param entries the parameters that an unknown moves at a draw, and how far
 */
export function poolGrams(
  draws: readonly LawDraw[],
  k: number,
  unknowns: number,
  entries: (draw: LawDraw, unknown: number) => readonly (readonly [index: number, reach: number])[],
): Float64Array {
  const pooled = new Float64Array(unknowns * unknowns);
  for (const draw of draws) {
    const columns = Array.from({ length: unknowns }, (_, unknown) => entries(draw, unknown));
    for (let a = 0; a < unknowns; a++) {
      for (let b = 0; b < unknowns; b++) {
        for (const [i, left] of columns[a]) {
          for (const [j, right] of columns[b])
            pooled[a * unknowns + b] += draw.weight * left * draw.gram[i * k + j] * right;
        }
      }
    }
  }
  return pooled;
}
