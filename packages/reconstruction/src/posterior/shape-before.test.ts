import { describe, expect, it } from 'vitest';
import { withBefore } from './shape-before.js';

const found = Float64Array.of(0.5, 0.9);
const before = { shape: [0.7, 0.8], spread: [0.1, 0.2] };

describe('withBefore', () => {
  it('is the mean of both, weighted by their precisions', () => {
    // In units of .02 of the range; a fit with standard deviations of .1 and .2, as sure as what was known.
    const information = Float64Array.of(0.04, 0, 0, 0.01);
    const prior = new Float64Array(2);
    const mean = withBefore(found, before, information, prior, [0, 1], 0.02);
    expect([...mean]).toEqual([expect.closeTo(0.6, 12), expect.closeTo(0.85, 12)]);
    expect([...prior]).toEqual([expect.closeTo(0.04, 12), expect.closeTo(0.01, 12)]);
  });

  it('moves what is not told towards what was known, and what is told hardly', () => {
    const information = Float64Array.of(1e-9, 0, 0, 1e3);
    const mean = withBefore(found, before, information, new Float64Array(2), [0, 1], 0.02);
    expect(mean[0]).toBeCloseTo(0.7, 6);
    expect(mean[1]).toBeCloseTo(0.9, 4);
  });

  it('moves other directions along: a camera that goes with the shape takes part', () => {
    // The last direction is the camera's: only the sum of both shows.
    const information = Float64Array.of(1, 1, 1, 1);
    const prior = Float64Array.of(0, 1e-6);
    const mean = withBefore(Float64Array.of(0.5), { shape: [0.7], spread: [0.1] }, information, prior, [0], 0.02);
    expect(mean[0]).toBeCloseTo(0.7, 4);
  });

  it('does not believe a start to be surer than networks are, and stays inside the ranges', () => {
    const prior = new Float64Array(1);
    withBefore(Float64Array.of(0.5), { shape: [0.7], spread: [1e-6] }, Float64Array.of(1), prior, [0], 0.02);
    expect(prior[0]).toBeCloseTo(0.25, 12);
    const mean = withBefore(
      Float64Array.of(0.99),
      { shape: [1.4], spread: [0.1] },
      Float64Array.of(1e-9),
      prior,
      [0],
      0.02,
    );
    expect(mean[0]).toBe(1);
  });
});
