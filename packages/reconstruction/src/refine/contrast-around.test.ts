import { describe, expect, it } from 'vitest';
import { contrastAround } from './contrast-around.js';

describe('contrastAround', () => {
  it('is the range of a channel within a square around each pixel, cut off at the border', () => {
    const size = 5;
    const image = new Float32Array(3 * size * size).fill(10);
    const at = (x: number, y: number, c: number) => 3 * (y * size + x) + c;
    image[at(0, 0, 1)] = 30;
    image[at(4, 4, 1)] = 4;
    const near = contrastAround(image, size, 1);
    expect(near[at(1, 1, 1)]).toBe(20);
    expect(near[at(3, 4, 1)]).toBe(6);
    expect(near[at(2, 2, 1)]).toBe(0);
    expect(near[at(1, 1, 0)]).toBe(0);
    expect(contrastAround(image, size, 2)[at(2, 2, 1)]).toBe(26);
    // The end of a row is no neighbour of the next row's beginning.
    expect(near[at(4, 0, 1)]).toBe(0);
  });
});
