import { drawShape, drawView, renderView, sceneByName } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { behind, imageBackdrop } from './backdrop.js';
import { cutOff } from './cut-off.js';

const size = 64;
const bytes = (at: (x: number, y: number, c: number) => number) => ({
  width: size,
  height: size,
  data: Uint8Array.from({ length: 3 * size * size }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return Math.round(at(pixel % size, Math.floor(pixel / size), i % 3));
  }),
});
const slope = (x: number, y: number, c: number) => 60 + 1.2 * x + 0.5 * y * (c + 1) - 0.006 * (x - 20) ** 2;
const disc = (x: number, y: number, radius: number) => Math.hypot(x - 31.5, y - 31.5) < radius;

describe('imageBackdrop', () => {
  it('follows a gradient behind an object', () => {
    const image = bytes((x, y, c) => (disc(x, y, 22) ? 20 : slope(x, y, c)));
    const backdrop = imageBackdrop(image);
    expect(backdrop.spread).toBeLessThan(1);
    for (const [x, y] of [
      [1, 1],
      [32, 32],
      [50, 20],
    ] as const) {
      for (const c of [0, 1, 2]) expect(behind(backdrop, y * size + x, c, size)).toBeCloseTo(slope(x, y, c), 0);
    }
  });

  it('is not bent by an object that reaches the border', () => {
    const image = bytes((x, y, c) => (x > 25 && x < 40 && y < 30 ? 250 : slope(x, y, c)));
    expect(behind(imageBackdrop(image), 32 * size + 10, 1, size)).toBeCloseTo(slope(10, 32, 1), 0);
  });

  it.each(['study', 'observable', 'fluted'])('is the one colour of the scene %s', (name) => {
    const scene = sceneByName(name);
    for (let i = 0; i < 5; i++) {
      const { image } = renderView(scene, drawShape(scene, 3, i), drawView(scene, 3, i, 0), { size });
      const backdrop = imageBackdrop(image);
      expect(backdrop).toMatchObject({ color: [197, 197, 197], slopes: undefined });
      expect(backdrop.spread).toBeLessThan(0.2);
    }
  });

  it('measures a texture', () => {
    const image = bytes((x, y) => 120 + 20 * Math.SQRT2 * Math.sin(1.7 * x + 0.9 * y));
    expect(imageBackdrop(image).spread).toBeGreaterThan(12);
  });
});

describe('cutOff', () => {
  it('is the longest run along the frame, as a share of a side', () => {
    const at = (least: number) => bytes((x, y) => (x > 20 && x < 41 && y >= least ? 90 : 197));
    const cut = (least: number) => cutOff(at(least), imageBackdrop(at(least)));
    expect(cut(30)).toBe(20 / size);
    const inside = bytes((x, y) => (disc(x, y, 25) ? 90 : 197));
    expect(cutOff(inside, imageBackdrop(inside))).toBe(0);
  });

  it('says nothing before a texture', () => {
    const image = bytes((x, y) => 120 + 40 * Math.sin(1.7 * x + 0.9 * y));
    expect(cutOff(image, imageBackdrop(image))).toBe(0);
  });
});
