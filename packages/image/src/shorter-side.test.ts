import { describe, expect, it } from 'vitest';
import { pattern } from '../test/patterns.js';
import { fitImage } from './fit-image.js';
import { parseImageFit } from './image-fit.js';
import { resizeImage } from './resize-image.js';

// That these are torchvision's pixels is shown with photographs, by a test of @kanrecon/training.
describe('fitImage with shorterSide', () => {
  it.each([
    [40, 30, 16, 20],
    [31, 57, 16, 16],
    [20, 20, 20, 20],
    [20, 33, 13, 20],
    [7, 5, 32, 37],
    [90, 41, 21, 22],
  ])('%i × %i to %i by %i: the middle of the whole image, resized', (width, height, size, shorterSide) => {
    const image = { width, height, data: pattern('photo', width, height, 3) };
    const wide = width < height ? shorterSide : Math.trunc((shorterSide * width) / height);
    const high = width < height ? Math.trunc((shorterSide * height) / width) : shorterSide;
    for (const filter of ['bilinear', 'bicubic', 'lanczos', 'box'] as const) {
      const whole = resizeImage(image, wide, high, { filter });
      const even = (pixels: number) => (pixels % 4 === 3 ? (pixels + 1) / 2 : Math.floor(pixels / 2));
      const [left, top] = [even(wide - size), even(high - size)];
      const expected = Array.from({ length: size }, (_, y) => {
        const from = 3 * ((top + y) * wide + left);
        return [...whole.data.subarray(from, from + 3 * size)];
      }).flat();
      const found = fitImage(image, size, { filter, padding: 'crop', shorterSide });
      expect([...found]).toEqual(expected);
      const rgba = new Uint8Array(4 * width * height).fill(255);
      for (let i = 0; i < width * height; i++) rgba.set(image.data.subarray(3 * i, 3 * i + 3), 4 * i);
      expect(fitImage({ width, height, data: rgba }, size, { filter, padding: 'crop', shorterSide })).toEqual(found);
    }
  });

  it('computes only what shows: a strip a hundred thousand pixels long', () => {
    const data = new Uint8Array(3 * 100_000).fill(70);
    const found = fitImage({ width: 100_000, height: 1, data }, 224, { padding: 'crop', shorterSide: 256 });
    expect(found).toHaveLength(3 * 224 * 224);
    expect(found.every((value) => value === 70)).toBe(true);
  });

  it('is data, and refused where it cannot be', () => {
    const image = { width: 4, height: 4, data: new Uint8Array(48) };
    expect(parseImageFit({ padding: 'crop', shorterSide: 256 })).toEqual({
      ...{ filter: 'lanczos', padding: 'crop', background: [197, 197, 197] },
      shorterSide: 256,
    });
    expect('shorterSide' in parseImageFit({ padding: 'crop' })).toBe(false);
    expect(() => fitImage(image, 4, { padding: 'crop', shorterSide: 3 })).toThrow(
      'fitImage: shorterSide is less than the size; expected at least 4, got 3',
    );
    expect(() => fitImage(image, 4, { shorterSide: 8 })).toThrow('expected none with letterbox, got 8');
    expect(() => fitImage(image, 4, { padding: 'crop', shorterSide: 8.5 })).toThrow(
      'a positive whole number of pixels',
    );
  });
});
