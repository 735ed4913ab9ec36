import { describe, expect, it } from 'vitest';
import { developImage } from './develop-image.js';

describe('developImage', () => {
  it('gives the background where nothing is and the fitted AgX where something is', () => {
    const light = Float32Array.of(0, 0, 0, 0, 0.18, 0.18, 0.18, 1, 0.09, 0.09, 0.09, 0.5, 0.5, 0.1, 0.02, 1);
    const { image, coverage } = developImage(light, { size: 2, background: [10, 200, 197] });
    expect(Array.from(coverage)).toEqual([0, 255, 128, 255]);
    expect(Array.from(image.data.subarray(0, 3))).toEqual([10, 200, 197]);
    // The fitted curve, written out: x = A·linear, y = x^.8546, .9778·y / (y + .2597).
    const curve = (x: number) => (255 * 0.9778 * x ** 0.8546) / (x ** 0.8546 + 0.2597);
    const rows = [
      [0.9651, 0.0585, -0.0285],
      [0.0082, 0.9063, 0.0829],
      [-0.0132, 0.0055, 1.0151],
    ];
    const shown = (rgb: number[]) => rows.map((row) => curve(row.reduce((sum, m, k) => sum + m * rgb[k], 0)));
    const near = (pixel: number, rgb: number[]) =>
      shown(rgb).forEach((value, c) => void expect(Math.abs(image.data[3 * pixel + c] - value)).toBeLessThan(0.6));
    near(1, [0.18, 0.18, 0.18]);
    near(3, [0.5, 0.1, 0.02]);
    // Half covered: between object and background, blended before the curve.
    expect(image.data[6]).toBeGreaterThan(10);
    expect(image.data[6]).toBeLessThan(image.data[3]);
  });

  it('writes into the given array', () => {
    const out = new Uint8Array(3);
    expect(developImage([1, 1, 1, 1], { size: 1, out }).image.data).toBe(out);
    expect(out[0]).toBeGreaterThan(150);
  });

  it('refuses what is no image', () => {
    expect(() => developImage([1, 1, 1], { size: 1 })).toThrow('expected 4 · size² = 4, got 3');
    expect(() => developImage([1, 1, Number.NaN, 1], { size: 1 })).toThrow('light must be finite; pixel 0');
    expect(() => developImage([1, 1, 1, 1], { size: 0 })).toThrow('developImage: size');
    expect(() => developImage([1, 1, 1, 1], { size: 1, out: new Uint8Array(4) })).toThrow('expected 3 · size² = 3');
  });
});
