import { describe, expect, it } from 'vitest';
import { refineOptions, usualSize } from './refine-options.js';

describe('usualSize', () => {
  it("is the image's own up to 128 pixels, and of a larger one the largest whole fraction that is no wider", () => {
    for (const [width, size] of [
      [33, 33],
      [64, 64],
      [128, 128],
      [224, 112],
      [256, 128],
      [300, 100],
      [1024, 128],
      [4000, 128],
    ]) {
      expect(usualSize({ width: width!, height: 20 })).toBe(size);
      expect(usualSize({ width: 1, height: width! })).toBe(size);
    }
  });
});

describe('refineOptions', () => {
  it('take the size from the image where none is given, and never less than 32', () => {
    expect(refineOptions({}, { width: 90, height: 64 }).size).toBe(90);
    expect(refineOptions({ size: 64 }, { width: 90, height: 64 }).size).toBe(64);
    expect(refineOptions({}, { width: 8, height: 8 }).size).toBe(32);
  });
});
