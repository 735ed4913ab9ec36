import { describe, expect, it } from 'vitest';
import { observable, refineCase } from '../../test/refine-cases.js';
import type { Fitted } from './level.js';
import { withResidualNoise } from './residual-noise.js';
import { targetLevels } from './target-levels.js';

const size = 64;
const { image } = refineCase(observable, 1, size);
const fine = { share: 1, blur: 1, outlier: 1000, step: 0.5, central: true, iterations: 5, gain: 0 };
const level = targetLevels(image, [fine])[0]!;
/** A fit that is off by this in every value. */
const off = (by: (i: number) => number) =>
  ({ image: { pixels: level.target.map((value, i) => value + by(i)) } }) as unknown as Fitted;

describe('withResidualNoise', () => {
  it('changes nothing where less is left than was expected', () => {
    const same = withResidualNoise(
      level,
      off(() => 0.3),
    );
    expect(same.weights).toEqual(level.weights);
    expect(Math.max(...same.noise!)).toBeLessThan(0.5);
  });

  it('expects what is left, as a standard deviation, and no more than files make', () => {
    // Normal numbers by the sum of twelve uniform ones of a small generator.
    let state = 1;
    const uniform = () => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647;
    };
    const normal = () => Array.from({ length: 12 }, uniform).reduce((sum, value) => sum + value, -6);
    const noisy = withResidualNoise(
      level,
      off(() => 3 * normal()),
    );
    const busy = noisy.noise!.filter((value) => value > 2);
    for (const value of busy) expect(Math.abs(value - 3)).toBeLessThan(0.8);
    expect(busy.length).toBeGreaterThan(1000);
    // Where nothing varies, a rendering's file has hardly any.
    expect(Math.min(...noisy.noise!)).toBeLessThan(2);
    expect(
      Math.max(
        ...withResidualNoise(
          level,
          off(() => 90),
        ).noise!,
      ),
    ).toBe(8);
    for (const [i, weight] of noisy.weights.entries()) {
      expect(weight).toBeCloseTo(Math.min(level.weights[i]!, 1 / noisy.noise![i]! ** 2), 6);
    }
  });

  it('leaves out what was left out', () => {
    const weights = level.weights.slice().fill(0, 0, 300);
    const some = withResidualNoise(
      { ...level, weights },
      off((i) => (i < 300 ? 200 : 0.1)),
    );
    expect([...some.weights.subarray(0, 300)].every((weight) => weight === 0)).toBe(true);
    expect(Math.max(...some.noise!)).toBeLessThan(0.5);
  });
});
