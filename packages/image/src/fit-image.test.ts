import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import golden from '../test/golden/pillow.json' with { type: 'json' };
import { pattern } from '../test/patterns.js';
import { fitImage } from './fit-image.js';
import { type ImageFilter, type ImagePadding, imageFilters, imagePaddings } from './image-fit.js';
import { resizeImage } from './resize-image.js';

type Rgb = [number, number, number];
type Fitted = [string, ImageFilter, ImagePadding, Rgb, number, number, number, number, string];

/** The pixels of column x, from the top. */
function column(data: Uint8Array, size: number, x: number): number[][] {
  return Array.from({ length: size }, (_, y) => [...data.subarray(3 * (size * y + x), 3 * (size * y + x) + 3)]);
}

describe('fitImage', () => {
  it.each(imagePaddings)('%s: what Pillow’s resize, crop and paste make of RGB and RGBA, to the byte', (wanted) => {
    const cases = (golden.fitted as Fitted[]).filter((row) => row[2] === wanted);
    expect(cases.length).toBe(28);
    for (const [name, filter, padding, background, channels, width, height, size, expected] of cases) {
      const data = pattern(name, width, height, channels);
      const actual = fitImage({ width, height, data }, size, { filter, padding, background });
      const hash = createHash('sha256').update(actual).digest('hex').slice(0, 16);
      expect(hash, `${channels} × ${width} × ${height} to ${size}, ${filter}`).toBe(expected);
    }
  });

  it('letterboxes with the background, the image in the middle', () => {
    const data = new Uint8Array(3 * 4 * 2).fill(10);
    const actual = fitImage({ width: 4, height: 2, data }, 4, { background: [1, 2, 3] });
    expect(column(actual, 4, 2)).toEqual([
      [1, 2, 3],
      [10, 10, 10],
      [10, 10, 10],
      [1, 2, 3],
    ]);
    const tall = fitImage({ width: 1, height: 3, data: new Uint8Array(9).fill(50) }, 3);
    expect([...tall.subarray(0, 9)]).toEqual([197, 197, 197, 50, 50, 50, 197, 197, 197]);
    expect(fitImage({ width: 4, height: 2, data }, 4, { background: undefined })[0]).toBe(197);
  });

  it('mixes nothing of the background into the image, and leaves the odd pixel below', () => {
    for (const filter of imageFilters) {
      const black = { width: 50, height: 25, data: new Uint8Array(3 * 50 * 25) };
      // 31 · 25 ÷ 50 = 15.5, rounded up.
      const rows = column(fitImage(black, 31, { filter, background: [255, 255, 255] }), 31, 0).map(([red]) => red);
      expect(rows).toEqual([...Array(7).fill(255), ...Array(16).fill(0), ...Array(8).fill(255)]);
    }
  });

  it('crops the middle square, or squashes all of it', () => {
    const data = Uint8Array.from([10, 20, 30, 40, 50, 60].flatMap((value) => [value, value, value]));
    const image = { width: 6, height: 1, data };
    expect([...fitImage(image, 1, { padding: 'crop' })]).toEqual([30, 30, 30]);
    expect([...fitImage(image, 1, { padding: 'squash', filter: 'box' })]).toEqual([35, 35, 35]);
    const wide = { width: 50, height: 30, data: pattern('photo', 50, 30) };
    expect(fitImage(wide, 20, { padding: 'squash' })).toEqual(resizeImage(wide, 20, 20).data);
  });

  it('lays a transparent image over the background', () => {
    const data = Uint8ClampedArray.from([100, 0, 0, 255, 100, 0, 0, 0, 100, 0, 0, 51, 0, 0, 0, 255]);
    const actual = fitImage({ width: 2, height: 2, data }, 2, { background: [200, 200, 200] });
    expect([...actual]).toEqual([100, 0, 0, 200, 200, 200, 180, 160, 160, 0, 0, 0]);
  });

  it('copies an opaque image of that size already, whatever the options', () => {
    const data = pattern('noise', 12, 12);
    for (const padding of imagePaddings) {
      for (const filter of imageFilters) {
        const actual = fitImage({ width: 12, height: 12, data }, 12, { padding, filter });
        expect(actual).toEqual(data);
        expect(actual.buffer).not.toBe(data.buffer);
      }
    }
  });

  it('keeps a constant image constant', () => {
    const actual = fitImage({ width: 618, height: 500, data: new Uint8Array(618 * 500 * 3).fill(197) }, 96);
    expect(actual.every((value) => value === 197)).toBe(true);
  });

  it('takes images that a padded square of would not fit into memory', () => {
    const long = { width: 200_000, height: 1, data: new Uint8Array(600_000).fill(5) };
    const actual = fitImage(long, 8);
    expect(column(actual, 8, 7).map(([red]) => red)).toEqual([197, 197, 197, 5, 197, 197, 197, 197]);
  });

  it('writes where it is told to', () => {
    const image = { width: 5, height: 3, data: pattern('photo', 5, 3) };
    const out = new Uint8Array(3 * 16).fill(1);
    expect(fitImage(image, 4, {}, out)).toBe(out);
    expect(out).toEqual(fitImage(image, 4));
  });

  it('refuses what it cannot fit', () => {
    const image = { width: 2, height: 2, data: new Uint8Array(12) };
    expect(() => fitImage({ width: 2, height: 2, data: new Uint8Array(5) }, 4)).toThrow('got 2 × 2 and 5 bytes');
    const floats = new Float32Array(12) as unknown as Uint8Array;
    expect(() => fitImage({ width: 2, height: 2, data: floats }, 4)).toThrow("fitImage: the image's data are no bytes");
    for (const size of [0, -1, 2.5, Number.NaN]) {
      expect(() => fitImage(image, size)).toThrow(
        `fitImage: the size is wrong; expected a positive whole number of pixels, got ${size}`,
      );
    }
    expect(() => fitImage(image, 4, { padding: 'cover' as ImagePadding })).toThrow('fitImage: unknown padding');
    expect(() => fitImage(image, 4, { background: [0, 0, 300] })).toThrow('fitImage: the background is wrong');
    expect(() => fitImage(image, 4, {}, new Uint8Array(3))).toThrow('fitImage: out is wrong');
    expect(() => fitImage(image, 2, {}, image.data)).toThrow('got memory of the image');
  });
});
