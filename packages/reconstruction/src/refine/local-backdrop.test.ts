import { describe, expect, it } from 'vitest';
import { behind, imageBackdrop } from './backdrop.js';
import { localBackdrop } from './local-backdrop.js';

const size = 48;
/** Too bent for a polynomial of the second degree. */
const texture = (x: number, y: number, c: number) =>
  120 + 25 * Math.sin(0.22 * x + c) + 20 * Math.cos(0.2 * y - 0.1 * x);
const disc = (x: number, y: number, radius: number) => Math.hypot(x - 23.5, y - 23.5) < radius;
const image = {
  width: size,
  height: size,
  data: Uint8Array.from({ length: 3 * size * size }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % size, Math.floor(i / 3 / size)];
    return Math.round(disc(x, y, 10) ? 30 : texture(x, y, i % 3));
  }),
};
const coverage = (radius: number) =>
  Uint8Array.from({ length: size * size }, (_, pixel) =>
    disc(pixel % size, Math.floor(pixel / size), radius) ? 255 : 0,
  );
const backdrop = imageBackdrop(image);

describe('localBackdrop', () => {
  it('is the image itself away from the object, and nearer to a texture under its outline than a polynomial', () => {
    const local = localBackdrop(image, coverage(10), backdrop);
    expect(behind(local, 2 * size + 3, 1, size)).toBe(image.data[3 * (2 * size + 3) + 1]);
    const error = (of: typeof backdrop) => {
      let sum = 0;
      for (let pixel = 0; pixel < size * size; pixel++) {
        const [x, y] = [pixel % size, Math.floor(pixel / size)];
        if (disc(x, y, 11) && !disc(x, y, 9)) sum += Math.abs(behind(of, pixel, 0, size) - texture(x, y, 0));
      }
      return sum;
    };
    expect(error(local)).toBeLessThan(0.85 * error(backdrop));
    expect(local.spread).toBeLessThan(0.7 * backdrop.spread);
  });

  it('takes nothing of the object for what lies behind it, where a fit is two pixels too small', () => {
    const local = localBackdrop(image, coverage(8), backdrop);
    const edge = 24 * size + 14;
    expect(image.data[3 * edge]).toBe(30);
    expect(behind(local, edge, 0, size)).toBeGreaterThan(60);
  });

  it('is the polynomial in the middle of an object, which nothing beside it reaches, and at other sizes', () => {
    const local = localBackdrop(image, coverage(14), backdrop);
    const middle = 24 * size + 24;
    expect(behind(local, middle, 2, size)).toBeCloseTo(behind(backdrop, middle, 2, size), 4);
    expect(behind(local, 100, 2, 24)).toBe(behind(backdrop, 100, 2, 24));
  });
});
