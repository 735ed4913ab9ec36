import { describe, expect, it } from 'vitest';
import { stepsPerEpoch } from '../source/cache-source.js';
import { learningRateSchedule } from './learning-rate.js';

describe('learningRateSchedule', () => {
  it('step: the study drops to .7 every 20 epochs, not within one', () => {
    const rate = learningRateSchedule('step', 1e-4, 10, 100);
    expect(rate(0)).toBe(1e-4);
    expect(rate(199)).toBe(1e-4);
    expect(rate(200)).toBeCloseTo(0.7e-4, 12);
    expect(rate(999)).toBeCloseTo(1e-4 * 0.7 ** 4, 12);
    const other = learningRateSchedule('step', 1, 10, 100, { every: 3, gamma: 0.5 });
    expect([29, 30, 59, 60].map(other)).toEqual([1, 0.5, 0.5, 0.25]);
  });

  it('constant stays, cosine warms up and ends near nothing, one-cycle peaks inside', () => {
    const steps = Array.from({ length: 200 }, (_, step) => step);
    expect(new Set(steps.map(learningRateSchedule('constant', 0.3, 20, 10)))).toEqual(new Set([0.3]));
    const cosine = steps.map(learningRateSchedule('cosine', 1, 20, 10));
    expect(cosine[0]).toBeCloseTo(0.1, 6);
    expect(Math.max(...cosine)).toBe(1);
    expect(cosine[199]).toBeLessThan(1e-3);
    const oneCycle = steps.map(learningRateSchedule('one-cycle', 1, 20, 10));
    const peak = oneCycle.indexOf(Math.max(...oneCycle));
    expect(peak).toBeGreaterThan(40);
    expect(peak).toBeLessThan(80);
    expect(oneCycle[199]).toBeLessThan(1e-4);
  });
});

describe('stepsPerEpoch', () => {
  it('counts a smaller last batch, but not one of a single image', () => {
    expect([32, 40, 33, 1].map((images) => stepsPerEpoch(images, 16))).toEqual([2, 3, 2, 1]);
    expect(stepsPerEpoch(5, 1)).toBe(5);
  });
});
