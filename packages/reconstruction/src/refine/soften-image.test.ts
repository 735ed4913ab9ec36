import { describe, expect, it } from 'vitest';
import { softenImage } from './soften-image.js';

const size = 9;
const image = Float32Array.from({ length: 3 * size * size }, (_, i) => (i * i * 7919) % 256);

/** Each pixel's mean over (2 · radius + 1)² neighbours, edges repeated, straight from the definition. */
function boxed(from: ArrayLike<number>, radius: number): number[] {
  const at = (x: number, y: number, c: number) => {
    const [i, j] = [Math.min(size - 1, Math.max(0, x)), Math.min(size - 1, Math.max(0, y))];
    return from[3 * (j * size + i) + c]!;
  };
  return Array.from({ length: from.length }, (_, i) => {
    const [c, x, y] = [i % 3, Math.floor(i / 3) % size, Math.floor(i / 3 / size)];
    let sum = 0;
    for (let dy = -radius; dy <= radius; dy++) for (let dx = -radius; dx <= radius; dx++) sum += at(x + dx, y + dy, c);
    return sum / (2 * radius + 1) ** 2;
  });
}

describe('softenImage', () => {
  it.each([1, 2, 4, 9])('is a box of radius %i twice, edges repeated', (radius) => {
    const found = softenImage(image.slice(), size, radius, new Float32Array(image.length));
    const expected = boxed(boxed(image, radius), radius);
    for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 3);
  });

  it('of radius 0 leaves the image as it is, and works in place', () => {
    const own = image.slice();
    expect(softenImage(own, size, 0, new Float32Array(own.length))).toBe(own);
    expect(own).toEqual(image);
    expect(softenImage(own, size, 1, new Float32Array(own.length))).toBe(own);
    expect(own).not.toEqual(image);
  });
});
