import { expect, it } from 'vitest';
import { overlayImage } from './overlay-image.js';

const size = 8;
const plain = (value: number) => ({ width: size, height: size, data: new Uint8Array(3 * size * size).fill(value) });
/** Covers the middle 4 × 4 pixels. */
const coverage = Uint8Array.from({ length: size * size }, (_, i) => {
  const [x, y] = [i % size, Math.floor(i / size)];
  return x >= 2 && x < 6 && y >= 2 && y < 6 ? 255 : 0;
});
const at = (image: { data: Uint8Array }, x: number, y: number) => [
  ...image.data.subarray(3 * (y * size + x)).slice(0, 3),
];

it('lays the rendering half transparent over the image and draws the outline beside the object', () => {
  const image = plain(100);
  const overlay = overlayImage(image, plain(200), coverage);
  expect(at(overlay, 3, 3)).toEqual([150, 150, 150]);
  expect(at(overlay, 0, 0)).toEqual([100, 100, 100]);
  for (const [x, y] of [
    [1, 3],
    [6, 3],
    [3, 1],
    [3, 6],
  ] as const) {
    expect(at(overlay, x, y)).toEqual([255, 110, 0]);
  }
  expect(image).toEqual(plain(100));
});

it('adds nothing but the outline where both are alike', () => {
  const overlay = overlayImage(plain(100), plain(100), coverage);
  const changed = Array.from(coverage.keys()).filter((pixel) => overlay.data[3 * pixel] !== 100);
  expect(changed).toHaveLength(4 * 4);
  expect(changed.every((pixel) => coverage[pixel] === 0)).toBe(true);
});
