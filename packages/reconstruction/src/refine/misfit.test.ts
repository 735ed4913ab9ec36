import { describe, expect, it } from 'vitest';
import { observable, refineCase } from '../../test/refine-cases.js';
import { imageBackdrop } from './backdrop.js';
import type { Fitted } from './level.js';
import { misfit } from './misfit.js';
import { targetLevels } from './target-levels.js';

const size = 32;
const { image } = refineCase(observable, 1, size);
const backdrop = imageBackdrop(image);
const level = targetLevels(
  image,
  [{ share: 1, blur: 0, outlier: 9, step: 1, central: false, iterations: 1, gain: 0 }],
  0,
)[0]!;
const covered = Uint8Array.from({ length: size * size }, (_, i) =>
  [0, 1, 2].some((c) => Math.abs(image.data[3 * i + c]! - 197) > 3) ? 255 : 0,
);
const found = (pixels: Float32Array, coverage: Uint8Array = covered) =>
  ({ image: { pixels, coverage } }) as unknown as Fitted;
const right = Float32Array.from(image.data);
const blank = new Float32Array(right.length).fill(197);

describe('misfit', () => {
  it('is 0 of the image itself', () => {
    const none = { chiSquared: 0, unexplained: 0, rms: 0, hidden: 0 };
    expect(misfit(level, found(right), image, backdrop, 0)).toMatchObject(none);
  });

  it('leaves all unexplained where nothing is drawn and something is there, but for what may lie in front', () => {
    const nothing = found(blank, new Uint8Array(size * size));
    const { chiSquared, unexplained, hidden, rms } = misfit(level, nothing, image, backdrop, 0);
    expect(hidden).toBe(0.25);
    expect(unexplained + hidden).toBeGreaterThan(0.95);
    expect(chiSquared).toBeGreaterThan(10);
    expect(rms).toBeGreaterThan(10);
  });

  it('is in the units that it says: 255ths, variances and shares of the pixels', () => {
    const flat = { ...level, weights: level.weights.map(() => 0.25) };
    const off = (by: number) => found(right.map((value) => value + by));
    const five = misfit(flat, off(5), image, backdrop, 0);
    expect(five.rms).toBeCloseTo(5, 5);
    expect(five.chiSquared).toBeCloseTo(25 / 4, 5);
    expect(five.unexplained).toBe(0);
    expect(misfit(flat, off(7), image, backdrop, 0)).toMatchObject({ unexplained: 0.75, hidden: 0.25 });
    // What noise explains is none.
    expect(misfit(flat, off(7), image, backdrop, 1).unexplained).toBe(0);
  });

  it('does not take for explained what lies beside the object, though the background was taken from there', () => {
    const nothing = found(right, new Uint8Array(size * size));
    expect(misfit(level, nothing, image, backdrop, 0).unexplained).toBe(0);
    const { unexplained, hidden } = misfit(level, nothing, image, backdrop, 0, true);
    expect(unexplained + hidden).toBe(1);
    expect(misfit(level, found(right), image, backdrop, 0, true)).toMatchObject({ unexplained: 0, hidden: 0 });
  });

  it('takes one piece for what lies in front, and no more than a quarter', () => {
    const shown = Array.from(covered.keys()).filter((i) => covered[i]);
    const without = (pixels: readonly number[]) => {
      const some = right.slice();
      for (const pixel of pixels) some.fill(0, 3 * pixel, 3 * pixel + 3);
      return misfit(level, found(some), image, backdrop, 0);
    };
    const middle = shown[shown.length >> 1]!;
    const block = shown.filter((i) => Math.abs((i % size) - (middle % size)) < 3 && Math.abs(i - middle) < 3 * size);
    const little = without(block);
    expect(little.hidden).toBeGreaterThan(0.5 * (block.length / shown.length));
    expect(little.unexplained + little.hidden).toBeCloseTo(block.length / shown.length, 2);
    const most = without(shown.slice(0, Math.floor(0.6 * shown.length)));
    expect(most.hidden).toBeLessThanOrEqual(0.25);
    expect(most.unexplained).toBeGreaterThan(0.3);
    expect(most.chiSquared).toBeGreaterThan(3);
  });

  it('explains nothing where there is nothing, neither drawn nor seen', () => {
    const empty = { width: size, height: size, data: new Uint8Array(right.length).fill(197) };
    const nothing = found(blank, new Uint8Array(size * size));
    expect(misfit({ ...level, target: blank }, nothing, empty, imageBackdrop(empty), 0).unexplained).toBe(1);
  });
});
