import { describe, expect, it } from 'vitest';
import { observable, refineCase } from '../../test/refine-cases.js';
import type { Fitted } from './fit-level.js';
import { misfit } from './misfit.js';
import { targetLevels } from './target-levels.js';

const size = 32;
const { image } = refineCase(observable, 1, size);
const grey = [197, 197, 197] as const;
const level = targetLevels(image, [{ share: 1, blur: 0, outlier: 9, step: 1, central: false, iterations: 1 }])[0]!;
const covered = Uint8Array.from({ length: size * size }, (_, i) =>
  [0, 1, 2].some((c) => Math.abs(image.data[3 * i + c]! - 197) > 3) ? 255 : 0,
);
const found = (pixels: Float32Array, coverage: Uint8Array = covered) =>
  ({ image: { pixels, coverage } }) as unknown as Fitted;
const right = Float32Array.from(image.data);
const blank = new Float32Array(right.length).fill(197);

describe('misfit', () => {
  it('is 0 of the image itself', () => {
    expect(misfit(level, found(right), image, grey)).toEqual({ chiSquared: 0, unexplained: 0, rms: 0 });
  });

  it('leaves all unexplained where nothing is drawn and something is there', () => {
    const { chiSquared, unexplained, rms } = misfit(level, found(blank, new Uint8Array(size * size)), image, grey);
    expect(unexplained).toBeCloseTo(1, 6);
    expect(chiSquared).toBeGreaterThan(10);
    expect(rms).toBeGreaterThan(10);
  });

  it('is in the units that it says: 255ths, variances and shares of the contrast', () => {
    const flat = { ...level, weights: level.weights.map(() => 0.25) };
    const off = right.map((value) => value + 6);
    const { chiSquared, unexplained, rms } = misfit(flat, found(off), image, grey);
    expect(rms).toBeCloseTo(6, 5);
    expect(chiSquared).toBeCloseTo(9, 5);
    expect(unexplained).toBeGreaterThan(0.001);
    expect(unexplained).toBeLessThan(0.1);
  });

  it('does not count a fifth of the pixels, such as what lies in front', () => {
    const shown = Array.from(covered.keys()).filter((i) => covered[i]);
    const some = right.slice();
    for (const pixel of shown.slice(0, Math.floor(0.19 * shown.length))) some.fill(0, 3 * pixel, 3 * pixel + 3);
    expect(misfit(level, found(some), image, grey).chiSquared).toBe(0);
    for (const pixel of shown.slice(0, Math.ceil(0.4 * shown.length))) some.fill(0, 3 * pixel, 3 * pixel + 3);
    expect(misfit(level, found(some), image, grey).chiSquared).toBeGreaterThan(3);
  });

  it('explains nothing where there is nothing, neither drawn nor seen', () => {
    const empty = { width: size, height: size, data: new Uint8Array(right.length).fill(197) };
    const { unexplained } = misfit({ ...level, target: blank }, found(blank, new Uint8Array(size * size)), empty, grey);
    expect(unexplained).toBe(1);
  });
});
