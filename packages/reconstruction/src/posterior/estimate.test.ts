import { describe, expect, it } from 'vitest';
import { estimateOf } from './estimate.js';

describe('estimateOf', () => {
  it('gives mean, median and intervals as quantiles between the samples, whatever their order', () => {
    const samples = Float64Array.from({ length: 101 }, (_, i) => (((i * 37) % 101) / 100) ** 2);
    const before = samples.slice();
    const { mean, median, interval50, interval90 } = estimateOf(samples);
    expect(mean).toBeCloseTo(0.335, 10); // (n + 1)(2n + 1) / 6n of n = 100
    expect(median).toBeCloseTo(0.25, 12);
    expect(interval50[0]).toBeCloseTo(0.0625, 12);
    expect(interval50[1]).toBeCloseTo(0.5625, 12);
    expect(interval90[0]).toBeCloseTo(0.0025, 12);
    expect(interval90[1]).toBeCloseTo(0.9025, 12);
    expect(samples).toEqual(before);
  });

  it('lies between two samples by its share', () => {
    expect(estimateOf(Float64Array.of(3, 1))).toEqual({
      mean: 2,
      median: 2,
      interval50: [1.5, 2.5],
      interval90: [1.1, 2.9],
    });
  });

  it('of one sample is that one', () => {
    const one = Float64Array.of(-2);
    expect(estimateOf(one)).toEqual({ mean: -2, median: -2, interval50: [-2, -2], interval90: [-2, -2] });
  });
});
