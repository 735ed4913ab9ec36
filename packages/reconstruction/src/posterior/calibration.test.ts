import { describe, expect, it } from 'vitest';
import { calibrateEstimate, checkCalibration } from './calibration.js';

const estimate = { mean: 5, median: 4, interval50: [3, 6], interval90: [2, 8], told: true } as const;
const same = { edges: [], factors: [1] };

describe('calibrateEstimate', () => {
  it("moves both ends away from the median, by the factor of the interval's width", () => {
    const wide = { edges: [5.9, 7], factors: [9, 1.5, 0] };
    const found = calibrateEstimate(estimate, { interval50: { edges: [3], factors: [0.5, 9] }, interval90: wide });
    expect(found).toEqual({ ...estimate, interval50: [3.5, 5], interval90: [1, 10] });
  });

  it('stays inside the range, and half the truths inside nine tenths of them', () => {
    const found = calibrateEstimate(estimate, { interval50: { edges: [], factors: [3] }, interval90: same }, [2.5, 20]);
    expect(found.interval90).toEqual([2.5, 8]);
    expect(found.interval50).toEqual([2.5, 8]);
  });
});

describe('checkCalibration', () => {
  it('refuses factors that would make an interval no number, by name', () => {
    const given = (interval90: unknown) =>
      ({ images: 9, intervals: { radius: { interval50: same, interval90 } } }) as never;
    expect(() => checkCalibration('refine', given(same))).not.toThrow();
    for (const wrong of [
      undefined,
      { edges: [1], factors: [1] },
      { edges: [2, 1], factors: [1, 1, 1] },
      { edges: [], factors: [null] },
    ]) {
      expect(() => checkCalibration('refine', given(wrong))).toThrow(
        'refine: calibration.intervals.radius.interval90 is wrong',
      );
    }
  });
});
