import { describe, expect, it } from 'vitest';
import { largestPiece } from './largest-piece.js';
import type { Fitted, Level } from './level.js';
import { misfit } from './misfit.js';
import { outliers, withoutPixels } from './outliers.js';

const size = 32;
const pixels = size * size;
const square = (from: number, to: number) =>
  Uint8Array.from({ length: pixels }, (_, pixel) => {
    const [x, y] = [pixel % size, Math.floor(pixel / size)];
    return Math.min(x, y) >= from && Math.max(x, y) < to ? 1 : 0;
  });
const count = (mask: Uint8Array) => mask.reduce((sum, value) => sum + value, 0);

/** A target that is 200 where the mask is, 100 in the object, 50 behind it; a rendering without the mask. */
function compared(mask: Uint8Array, blur = 0) {
  const object = square(4, 28);
  const shade = (pixel: number) => (object[pixel] ? 100 : 50);
  const rendering = Float32Array.from({ length: 3 * pixels }, (_, i) => shade(Math.floor(i / 3)));
  const target = rendering.map((value, i) => (mask[Math.floor(i / 3)] ? 200 : value));
  const weights = new Float32Array(3 * pixels).fill(1);
  const level: Level = {
    size,
    blur,
    target,
    weights,
    expected: 0,
    outlier: 3,
    step: 1,
    central: true,
    iterations: 1,
    gain: 0,
  };
  const fitted = { image: { pixels: rendering, coverage: object.map((value) => 255 * value) } } as unknown as Fitted;
  return { level, fitted, object, image: { width: size, height: size, data: Uint8Array.from(target) } };
}

describe('outliers', () => {
  it('are what covers the object, and none where all is explained', () => {
    const mask = square(10, 16);
    const { level, fitted, object } = compared(mask);
    const left = outliers(level, fitted, object);
    for (const [pixel, value] of mask.entries()) if (value) expect(left[pixel]).toBe(1);
    expect(count(left)).toBeLessThanOrEqual(64);
    const none = compared(new Uint8Array(pixels));
    expect(count(outliers(none.level, none.fitted, none.object))).toBe(0);
  });

  it('are at most three tenths of what is seen, and lose their weight with what a blur mixes them with', () => {
    const { level, fitted, object } = compared(square(6, 26), 1);
    const left = outliers(level, fitted, object);
    expect(count(left)).toBeLessThanOrEqual(0.31 * count(object));
    const one = new Uint8Array(pixels);
    one[10 * size + 10] = 1;
    expect(withoutPixels(level, one).weights.filter((value) => value === 0).length).toBe(3 * 25);
    expect(level.weights.every((value) => value === 1)).toBe(true);
  });
});

describe('largestPiece', () => {
  it('is the larger of two, without lines that hang on it', () => {
    const mask = square(3, 8).map((value, pixel) => value | square(12, 22)[pixel]!);
    mask.fill(1, 15 * size + 22, 15 * size + 31);
    expect(largestPiece(mask, size)).toEqual(square(12, 22));
  });

  it('is nothing of a band along an outline', () => {
    const band = square(4, 28).map((value, pixel) => value - square(6, 26)[pixel]!);
    expect(count(largestPiece(band, size))).toBe(0);
  });
});

describe('misfit', () => {
  const backdrop = { color: [50, 50, 50] as const, slopes: undefined, spread: 0 };

  it('tells one thing in front of the object from an outline that does not fit', () => {
    const before = compared(square(10, 16));
    const hidden = misfit(before.level, before.fitted, before.image, backdrop, 0);
    expect(hidden.unexplained).toBe(0);
    expect(hidden.hidden).toBeCloseTo(36 / 576, 6);
    const outline = compared(square(4, 28).map((value, pixel) => value - square(6, 26)[pixel]!));
    const wrong = misfit(outline.level, outline.fitted, outline.image, backdrop, 0);
    expect(wrong.unexplained).toBeCloseTo(176 / 576, 6);
    expect(wrong.hidden).toBe(0);
  });

  it('excuses no more than a quarter, and what noise explains', () => {
    const large = compared(square(6, 26));
    expect(misfit(large.level, large.fitted, large.image, backdrop, 0)).toMatchObject({ hidden: 0.25 });
    expect(misfit(large.level, large.fitted, large.image, backdrop, 60)).toMatchObject({ hidden: 0, unexplained: 0 });
  });
});
