import { describe, expect, it } from 'vitest';
import { conformalFactors } from './conformal-factors.js';
import { conformalWidths } from './conformal-widths.js';

/** Repeatable numbers in (0, 1). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
}

/** Errors whose size is the spread's, but not in its scale, and much too small for it where spreads are large. */
function samples(n: number, seed: number) {
  const random = numbers(seed);
  const spreads = Array.from({ length: n }, () => 0.05 + random());
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  return { spreads, errors: spreads.map((spread) => normal() * Math.min(spread, 0.4) * 3) };
}

describe('conformalFactors', () => {
  it('are the ratios in their places: the ⌈(n + 1) · level⌉-th smallest', () => {
    const errors = [1, -2, 3, -4, 5, -6, 7, -8, 9];
    const found = conformalFactors(errors, Array(9).fill(2));
    // ⌈10 · .5⌉ = 5 and ⌈10 · .9⌉ = 9.
    expect(found).toEqual({ levels: [0.5, 0.9], edges: [], factors: [[2.5, 4.5]], samples: 9 });
    expect(conformalFactors(errors.slice(1), Array(8).fill(2)).factors).toEqual([[3, null]]);
    expect(conformalFactors(errors, Array(9).fill(2), { levels: [0.05, 0.95] }).factors).toEqual([[0.5, null]]);
  });

  it('make intervals of fresh samples hold what they promise, sure ones and unsure ones', () => {
    const { errors, spreads } = samples(4000, 1);
    const calibration = conformalFactors(errors, spreads, { groups: 5 });
    expect(calibration.edges).toHaveLength(4);
    const fresh = samples(20_000, 2);
    for (const [l, level] of calibration.levels.entries()) {
      for (const [from, to] of [...[0, ...calibration.edges].entries()].map(([g, edge]) => [
        edge,
        calibration.edges[g] ?? 9,
      ])) {
        const own = fresh.errors.filter((_, i) => fresh.spreads[i]! > from! && fresh.spreads[i]! <= to!);
        const widths = fresh.spreads.filter((spread) => spread > from! && spread <= to!);
        const held = own.filter((error, i) => Math.abs(error) <= conformalWidths(calibration, widths[i]!)[l]!);
        expect(Math.abs(held.length / own.length - level), `${level} from ${from}`).toBeLessThan(0.04);
      }
    }
    // One factor for all would not: where spreads are large they claim too much.
    expect(calibration.factors[0]![1]!).toBeGreaterThan(1.5 * calibration.factors[4]![1]!);
  });

  it('has groups of at least 20 samples, and never parts equal spreads', () => {
    expect(conformalFactors(Array(39).fill(1), samples(39, 3).spreads).factors).toHaveLength(1);
    expect(conformalFactors(Array(79).fill(1), samples(79, 3).spreads).factors).toHaveLength(3);
    const spreads = Array.from({ length: 100 }, (_, i) => (i < 90 ? 1 : 2));
    expect(conformalFactors(Array(100).fill(1), spreads).edges).toEqual([1]);
    expect(conformalFactors(Array(100).fill(1), Array(100).fill(1)).edges).toEqual([]);
  });

  it('widens by the group of the spread, up to infinity', () => {
    const calibration = {
      edges: [0.1, 0.2],
      factors: [
        [1, 2],
        [3, 4],
        [5, null],
      ],
    };
    expect(conformalWidths(calibration, 0.1)).toEqual([0.1, 0.2]);
    expect(conformalWidths(calibration, 0.15)[1]).toBeCloseTo(0.6, 12);
    expect(conformalWidths(calibration, 7)).toEqual([35, Infinity]);
  });

  it('refuses what is no error, spread, level or number of groups', () => {
    expect(() => conformalFactors([1], [0])).toThrow('conformalFactors: spread 0 must be above 0, got 0');
    expect(() => conformalFactors([1, 2], [1])).toThrow('have different lengths; expected 2, got 1');
    expect(() => conformalFactors([Number.NaN], [1])).toThrow('number 0 of errors must be a finite number, got NaN');
    expect(() => conformalFactors([1], [1], { levels: [1] })).toThrow('above 0 and below 1, got 1');
    expect(() => conformalFactors([1], [1], { groups: 0 })).toThrow('a whole number from 1, got 0');
  });
});
