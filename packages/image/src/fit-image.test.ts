import { describe, expect, it } from 'vitest';
import golden from '../test/golden/resize.json' with { type: 'json' };
import { fitImage } from './fit-image.js';

describe('fitImage', () => {
  it.each(golden.cases)('resizes $from → $to as Pillow’s BILINEAR', ({ from, to, input, output }) => {
    const actual = fitImage({ width: from, height: from, data: Uint8Array.from(input) }, to);
    expect(actual.length).toBe(output.length);
    let worst = 0;
    for (let i = 0; i < actual.length; i++) worst = Math.max(worst, Math.abs(actual[i] - output[i]));
    // Pillow rounds to bytes between the two passes.
    expect(worst).toBeLessThanOrEqual(1);
  });

  it('pads to a square with the background, the image in the middle', () => {
    const data = new Uint8Array(3 * 4 * 2).fill(10);
    const actual = fitImage({ width: 4, height: 2, data }, 4, { background: [1, 2, 3] });
    const pixel = (x: number, y: number) => [...actual.subarray(3 * (4 * y + x), 3 * (4 * y + x) + 3)];
    expect([0, 1, 2, 3].map((y) => pixel(2, y))).toEqual([
      [1, 2, 3],
      [10, 10, 10],
      [10, 10, 10],
      [1, 2, 3],
    ]);
    const tall = fitImage({ width: 1, height: 3, data: new Uint8Array(9).fill(50) }, 3);
    expect([...tall.subarray(0, 9)]).toEqual([197, 197, 197, 50, 50, 50, 197, 197, 197]);
    expect(fitImage({ width: 4, height: 2, data }, 4, { background: undefined })[0]).toBe(197);
  });

  it('lays a transparent image over the background', () => {
    const data = Uint8ClampedArray.from([100, 0, 0, 255, 100, 0, 0, 0, 100, 0, 0, 51, 0, 0, 0, 255]);
    const actual = fitImage({ width: 2, height: 2, data }, 2, { background: [200, 200, 200] });
    expect([...actual]).toEqual([100, 0, 0, 200, 200, 200, 180, 160, 160, 0, 0, 0]);
  });

  it('keeps a constant image constant', () => {
    const actual = fitImage({ width: 618, height: 500, data: new Uint8Array(618 * 500 * 3).fill(197) }, 96);
    expect(actual.every((value) => value === 197)).toBe(true);
  });

  it('refuses data that do not fit the size', () => {
    expect(() => fitImage({ width: 2, height: 2, data: new Uint8Array(5) }, 4)).toThrow('got 2 × 2 and 5 bytes');
  });
});
