import { describe, expect, it } from 'vitest';
import { type Level, levelCost } from './level.js';

const plain = { size: 1, blur: 0, expected: 0, outlier: 1e4, step: 0.5, central: true, iterations: 1, gain: 0 };

describe('levelCost', () => {
  const small: Level = { ...plain, target: Float32Array.of(10, 20), weights: Float32Array.of(1, 0.25) };
  it('is the mean square in variances where nothing counts as an outlier, and grows as a logarithm beyond', () => {
    expect(levelCost({ ...small, outlier: 1e4 }, Float32Array.of(13, 24))).toBeCloseTo((9 + 4) / 2, 4);
    const far = levelCost({ ...small, outlier: 2 }, Float32Array.of(1010, 20));
    expect(far).toBeCloseTo((4 * Math.log1p(1e6 / 4)) / 2, 6);
  });
});
