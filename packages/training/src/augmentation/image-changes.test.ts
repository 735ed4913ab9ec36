import { describe, expect, it } from 'vitest';
import { jitterColors } from './jitter-colors.js';
import { rotateImage } from './rotate-image.js';

const noise = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 97 + ((i * i) % 31)) % 256);

describe('rotateImage', () => {
  it('by nothing changes nothing; mirrored, it mirrors', () => {
    const image = noise(7 * 7 * 3);
    const out = new Uint8Array(image.length);
    rotateImage(image, out, 7, 0);
    expect(out).toEqual(image);
    rotateImage(image, out, 7, 0, { mirrored: true });
    expect([...out.subarray(0, 3)]).toEqual([...image.subarray(18, 21)]);
  });

  it('a quarter turn moves every pixel to its place, counter-clockwise', () => {
    const image = noise(6 * 6 * 3);
    const out = new Uint8Array(image.length);
    rotateImage(image, out, 6, Math.PI / 2);
    // The right end of the top row goes to its left end.
    expect([...out.subarray(0, 3)]).toEqual([...image.subarray(15, 18)]);
    expect([...out].sort()).toEqual([...image].sort());
  });

  it("fills corners with the data set's grey, or goes on as at the edge", () => {
    const out = new Uint8Array(20 * 20 * 3);
    rotateImage(new Uint8Array(out.length).fill(10), out, 20, Math.PI / 4);
    expect(new Set(out)).toEqual(new Set([10]));
    rotateImage(new Uint8Array(out.length).fill(10), out, 20, Math.PI / 4, { background: 197 });
    expect([...out.subarray(0, 3)]).toEqual([197, 197, 197]);
    expect(out[3 * (20 * 10 + 10)]).toBe(10);
  });
});

describe('jitterColors', () => {
  const same = { brightness: 1, contrast: 1, saturation: 1, hue: 0 };

  it('by nothing changes nothing', () => {
    const image = noise(300);
    const changed = image.slice();
    jitterColors(changed, same);
    expect(changed).toEqual(image);
  });

  it('does what each name says', () => {
    const pixel = (change: Partial<typeof same>, from = [100, 60, 20]) => {
      const image = Uint8Array.from([...from, 0, 0, 0]);
      jitterColors(image, { ...same, ...change });
      return [...image.subarray(0, 3)];
    };
    expect(pixel({ brightness: 1.2 })).toEqual([120, 72, 24]);
    expect(pixel({ saturation: 0 })).toEqual([67, 67, 67]); // ITU-R 601: .299 · 100 + .587 · 60 + .114 · 20
    expect(pixel({ hue: (2 * Math.PI) / 3 })).toEqual([20, 100, 60]); // a third of the wheel: red goes to green
    expect(pixel({ contrast: 0 })).toEqual([34, 34, 34]); // the mean grey of both pixels
    expect(pixel({ brightness: 5 })).toEqual([255, 255, 100]); // clipped
  });
});
