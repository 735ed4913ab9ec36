import { describe, expect, it } from 'vitest';
import { smallestChanges } from './smallest-changes.js';

/** One parameter from 0 to 10, seen in one byte; the slope is what a central difference of this step says. */
function smallest(byte: (p: number) => number, at: number, step: number, levels = [1, 8]) {
  const asked: number[] = [];
  const image = ([p]: Float64Array) => {
    asked.push(p);
    return Uint8Array.of(100, Math.round(byte(p)));
  };
  const change = Math.abs(byte(at + 10 * step) - byte(at - 10 * step));
  const largest = Float64Array.of(change / (2 * step));
  const draw = { at: Float64Array.of(at), image, base: image(Float64Array.of(at)) };
  const jacobian = { gram: new Float64Array(1), noise: new Float64Array(1), levels: [0] };
  const shares = smallestChanges(
    { ...draw, jacobian: { ...jacobian, largest, steps: Float64Array.of(step) } },
    0,
    { min: 0, max: 10 },
    levels,
  );
  return { shares, asked: asked.slice(1) };
}

describe('smallestChanges', () => {
  it('follows the slope within the step, without rendering', () => {
    const { shares, asked } = smallest((p) => 40 * p, 4, 0.04);
    expect(shares[0]).toBeCloseTo(1 / 400, 12);
    expect(shares[1]).toBeCloseTo(8 / 400, 12);
    expect(asked).toEqual([]);
  });

  it('measures beyond the step, where the image bends', () => {
    // It rises by a slope of 10 a range for a tenth of the range, and by 100 from there on.
    const { shares, asked } = smallest((p) => (p < 5 ? p : 5 + 10 * (p - 5)), 4, 0.04);
    expect(shares[0]).toBeGreaterThan(0.07);
    expect(shares[0]).toBeLessThan(0.11);
    expect(shares[1]).toBeCloseTo(0.17, 2);
    // The step, up and down, and doubled until it is enough.
    expect(asked.slice(0, 4)).toEqual([4.4, 3.6, 4.8, 3.2]);
    expect(asked).toHaveLength(8);
  });

  it('looks both ways', () => {
    const { shares } = smallest((p) => (p < 1 ? 50 * (1 - p) : 0), 4, 0.04, [8]);
    expect(shares[0]).toBeGreaterThan(0.28);
    expect(shares[0]).toBeLessThan(0.32);
  });

  it('says when no change within the range is enough', () => {
    const { shares, asked } = smallest((p) => 0.5 * p, 2, 0.04);
    expect(shares[0]).toBeLessThan(0.3);
    expect(shares[1]).toBe(Number.POSITIVE_INFINITY);
    // Up to the ends of the range and no further, each once.
    expect([Math.min(...asked), Math.max(...asked)]).toEqual([0, 10]);
    expect(asked.filter((p) => p === 0 || p === 10)).toHaveLength(2);
  });
});
