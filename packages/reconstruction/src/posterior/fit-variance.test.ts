import { describe, expect, it } from 'vitest';
import { fitVariance } from './fit-variance.js';

const level = { expected: 0, target: new Float32Array(1200) };

describe('fitVariance', () => {
  it('is small where nothing is left, and an n-th of twice what is left together beyond it', () => {
    expect(fitVariance({ cost: 0 }, level, 12)).toBeCloseTo(0.4, 12);
    expect(fitVariance({ cost: 0.05 }, level, 12)).toBeCloseTo(0.4 + 10, 12);
    expect(fitVariance({ cost: 0.05 }, level, 6)).toBeCloseTo(0.4 + 20, 12);
  });

  it('counts the noise of the image for itself, and what is left below it not at all', () => {
    expect(fitVariance({ cost: 0.3 }, { ...level, expected: 0.5 }, 12)).toBeCloseTo(0.4 + 10, 12);
    expect(fitVariance({ cost: 0.55 }, { ...level, expected: 0.5 }, 12)).toBeCloseTo(0.4 + 10 + 10, 12);
  });
});
