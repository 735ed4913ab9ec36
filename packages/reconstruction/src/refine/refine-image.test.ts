import { describe, expect, it } from 'vitest';
import { observable, refineCase, study } from '../../test/refine-cases.js';
import { refineImage } from './refine-image.js';

const { image } = refineCase(observable, 1, 96);

/** Some rows of an image. */
const rows = (from: number, to: number, own = image) => ({
  width: own.width,
  height: to - from,
  data: own.data.slice(3 * own.width * from, 3 * own.width * to),
});

describe('refineImage', () => {
  it('is the image made smaller as the renderer would have drawn it, or its own size where that is smaller', () => {
    const small = refineImage(image, observable, 48);
    const drawn = refineCase(observable, 1, 48).image;
    const off = drawn.data.reduce((sum, value, i) => sum + Math.abs(value - small.data[i]!), 0) / drawn.data.length;
    expect(off).toBeLessThan(1);
    expect(refineImage(image, observable, 256)).toEqual(image);
  });

  it("completes it to a square with its border's own colour", () => {
    for (const color of [
      [197, 197, 197],
      [20, 90, 255],
    ]) {
      const [width, height] = [64, 40];
      const data = Uint8Array.from({ length: 3 * width * height }, (_, i) => color[i % 3]!);
      const square = refineImage({ width, height, data }, study, 64);
      expect(square).toEqual({
        width: 64,
        height: 64,
        data: Uint8Array.from({ length: 3 * 64 * 64 }, (_, i) => color[i % 3]!),
      });
      const tall = refineImage({ width: height, height: width, data }, study, 64);
      expect(tall).toEqual(square);
    }
    expect(refineImage(rows(16, 80), observable, 96).data).toEqual(image.data);
  });

  it('takes the colour that is given instead, and RGBA', () => {
    const black = refineImage(rows(16, 80), observable, 96, { background: [0, 0, 0] });
    expect(Array.from(black.data.slice(0, 3))).toEqual([0, 0, 0]);
    const opaque = Uint8Array.from({ length: 4 * 96 * 96 }, (_, i) =>
      i % 4 === 3 ? 255 : image.data[3 * Math.floor(i / 4) + (i % 4)]!,
    );
    const same = refineImage({ width: 96, height: 96, data: opaque }, observable, 48);
    expect(same).toEqual(refineImage(image, observable, 48));
    const data = Uint8Array.from({ length: 4 * 64 * 64 }, (_, i) => (i % 4 === 3 ? 0 : 9));
    const transparent = refineImage({ width: 64, height: 64, data }, study, 64);
    expect(new Set(transparent.data)).toEqual(new Set([197]));
  });

  it('takes a strip that is thousands of times as long as it is wide', () => {
    const data = new Uint8Array(3 * 3000).fill(50);
    expect(new Set(refineImage({ width: 3000, height: 1, data }, study, 64).data)).toEqual(new Set([50]));
  });

  it('refuses images of less than 32 pixels', () => {
    expect(() => refineImage({ width: 31, height: 8, data: new Uint8Array(3 * 31 * 8) }, study, 64)).toThrow(
      'refine: the image is too small; expected at least 32 pixels, got 31 × 8',
    );
    expect(() => refineImage({ width: 64, height: 64, data: new Uint8Array(7) }, study, 64)).toThrow('64 × 64');
  });
});
