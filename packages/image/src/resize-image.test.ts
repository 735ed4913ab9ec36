import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import golden from '../test/golden/pillow.json' with { type: 'json' };
import { pattern } from '../test/patterns.js';
import { filterWeights } from './filter-weights.js';
import { type ImageFilter, imageFilters } from './image-fit.js';
import { resizeImage } from './resize-image.js';

type Resized = [string, ImageFilter, number, number, number, number, string, string];

const sha = (data: Uint8Array) => createHash('sha256').update(data).digest('hex').slice(0, 16);
const shaOf = (name: string, width: number, height: number) => sha(pattern(name, width, height));
const image = (width: number, height: number, name = 'noise') => ({
  width,
  height,
  data: pattern(name, width, height),
});

describe('resizeImage', () => {
  it.each(
    imageFilters.flatMap((filter) => ['noise', 'edges', 'study', 'photo'].map((name) => [filter, name] as const)),
  )('is Pillow’s to the byte, filter %s, pattern %s', (filter, name) => {
    const cases = (golden.resized as Resized[]).filter((row) => row[0] === name && row[1] === filter);
    expect(cases.length).toBeGreaterThan(40);
    for (const [, , width, height, toWidth, toHeight, source, expected] of cases) {
      const what = `${width} × ${height} to ${toWidth} × ${toHeight}`;
      expect(shaOf(name, width, height), what).toBe(source);
      const result = resizeImage(image(width, height, name), toWidth, toHeight, { filter });
      expect([result.width, result.height]).toEqual([toWidth, toHeight]);
      expect(sha(result.data), what).toBe(expected);
    }
  });

  it('shows where it differs, if it does', () => {
    expect(golden.whole.length).toBe(24);
    for (const [name, filter, width, height, toWidth, toHeight, bytes] of golden.whole as Resized[]) {
      const { data } = resizeImage(image(width, height, name), toWidth, toHeight, { filter });
      expect([...data]).toEqual([...Buffer.from(bytes, 'base64')]);
    }
  });

  it('takes Lanczos if nothing is said', () => {
    const photo = image(40, 30, 'photo');
    const lanczos = resizeImage(photo, 13, 30, { filter: 'lanczos' });
    expect(resizeImage(photo, 13, 30)).toEqual(lanczos);
    expect(resizeImage(photo, 13, 30, { filter: undefined })).toEqual(lanczos);
    expect(resizeImage(photo, 13, 30, { filter: 'box' })).not.toEqual(lanczos);
  });

  it('copies an image of that size already', () => {
    const source = image(5, 4);
    const { data } = resizeImage(source, 5, 4);
    expect(data).toEqual(source.data);
    expect(data.buffer).not.toBe(source.data.buffer);
  });

  it('reads part of a buffer, whatever class its bytes are of, and writes where it is told to', () => {
    const { data } = image(9, 7);
    const expected = resizeImage({ width: 9, height: 7, data }, 4, 3).data;
    const part = new Uint8Array(data.length + 10).subarray(5, 5 + data.length);
    part.set(data);
    for (const same of [part, Uint8ClampedArray.from(data), Buffer.from(data)]) {
      expect(resizeImage({ width: 9, height: 7, data: same }, 4, 3).data).toEqual(expected);
    }
    const memory = new Uint8Array(expected.length + 2).fill(9);
    const out = memory.subarray(1, 1 + expected.length);
    expect(resizeImage({ width: 9, height: 7, data }, 4, 3, {}, out).data).toBe(out);
    expect([...memory]).toEqual([9, ...expected, 9]);
  });

  it('keeps a plain image plain', () => {
    for (const filter of imageFilters) {
      const grey = { width: 61, height: 50, data: new Uint8Array(61 * 50 * 3).fill(197) };
      const { data } = resizeImage(grey, 24, 100, { filter });
      expect(data.every((value) => value === 197)).toBe(true);
    }
  });

  it('never leaves the 32 bits of its sums', () => {
    for (const filter of imageFilters) {
      for (let from = 1; from < 60; from++) {
        for (const to of [1, 2, 3, 7, 59, 60, 61, 500]) {
          const { weights, stride, counts } = filterWeights(from, to, filter);
          let most = 0;
          for (let o = 0; o < to; o++) {
            const own = weights.subarray(o * stride, o * stride + counts[o]);
            most = Math.max(
              most,
              own.reduce((sum, weight) => sum + Math.max(0, weight), 0),
            );
          }
          expect(most, `${filter} ${from} to ${to}`).toBeLessThan(1.5 * 2 ** 22);
        }
      }
    }
  });

  it('refuses what is no RGB image', () => {
    const resize = (width: unknown, height: unknown, data: unknown) =>
      resizeImage({ width: width as number, height: height as number, data: data as Uint8Array }, 2, 2);
    expect(() => resize(2, 2, new Uint8Array(5))).toThrow('got 2 × 2 and 5 bytes');
    expect(() => resize(2, 2, new Uint8Array(16))).toThrow('resizeImage: the image is wrong; expected RGB, got RGBA');
    expect(() => resize(2, 2, new Float32Array(12))).toThrow(
      'expected a Uint8Array or Uint8ClampedArray, got Float32Array (values in [0, 1] are to be multiplied by 255',
    );
    expect(() => resize(2, 2, new Uint16Array(12))).toThrow('got Uint16Array');
    expect(() => resize(2, 2, Array(12).fill(0))).toThrow('got Array');
    expect(() => resize(2, 2, undefined)).toThrow('got Undefined');
    for (const size of [0, -2, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '2', undefined]) {
      expect(() => resize(size, 2, new Uint8Array(12))).toThrow(`got ${size} × 2`);
      expect(() => resize(2, size, new Uint8Array(12))).toThrow(`got 2 × ${size}`);
    }
  });

  it('refuses sizes, filters and outputs that cannot be', () => {
    const source = image(4, 4);
    expect(() => resizeImage(source, 0, 2)).toThrow(
      'resizeImage: the width is wrong; expected a positive whole number of pixels, got 0',
    );
    expect(() => resizeImage(source, 2, 2.5)).toThrow('the height is wrong');
    expect(() => resizeImage(source, 2, 2, { filter: 'nearest' as ImageFilter })).toThrow(
      'resizeImage: unknown filter; expected lanczos, bicubic, bilinear, box, got nearest',
    );
    expect(() => resizeImage(source, 2, 2, {}, new Uint8Array(11))).toThrow('a Uint8Array of length 12');
    expect(() => resizeImage(source, 2, 2, {}, source.data.subarray(36))).toThrow('got memory of the image');
  });
});
