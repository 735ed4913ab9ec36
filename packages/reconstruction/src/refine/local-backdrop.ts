import type { RgbImage } from '@kanrecon/render';
import { type Backdrop, behind } from './backdrop.js';

/** Pixels beside an outline that may still be the object's, as the fit is not right yet. */
const gap = 3;
/** Pixels from which what lies behind is carried over. */
const reach = 7;

/**
 * What lies behind an object that has nearly been found, from the image itself: where nothing of the object is near, the image is what lies behind; under its
 * outline, what the nearest such pixels are off by from the polynomial is carried over (weights of 1/d⁴), as far as that has told the right colours just
 * beside the outline: all of a shadow or a corner of the room, hardly anything of a fine texture.
 *
 * @param coverage of the object as it was found, [size, size]
 * @returns with the standard deviation of what was carried over as its spread
 */
export function localBackdrop(image: RgbImage, coverage: Uint8Array, backdrop: Backdrop): Backdrop {
  const { width: size, data } = image;
  const near = nearObject(coverage, size, gap);
  const picture = Float32Array.from(data);
  const off = new Float32Array(data.length);
  for (let i = 0; i < off.length; i++) off[i] = data[i]! - behind(backdrop, Math.floor(i / 3), i % 3, size);
  const carried = new Float32Array(data.length);
  const beside: number[] = [];
  for (let pixel = 0; pixel < near.length; pixel++) {
    if (near[pixel] === 0) continue;
    carryOver(off, near, size, pixel, carried);
    if (coverage[pixel] === 0) beside.push(3 * pixel, 3 * pixel + 1, 3 * pixel + 2);
  }
  const product = (a: Float32Array, b: Float32Array) => beside.reduce((sum, i) => sum + a[i]! * b[i]!, 0);
  const share = Math.min(1, Math.max(0, product(carried, off) / Math.max(1e-9, product(carried, carried))));
  for (let i = 0; i < picture.length; i++) {
    if (near[Math.floor(i / 3)] === 1) picture[i] = data[i]! - off[i]! + share * carried[i]!;
  }
  const left = beside.map((i) => Math.abs(picture[i]! - data[i]!)).sort((a, b) => a - b);
  return { ...backdrop, picture, spread: 1.4826 * (left[left.length >> 1] ?? backdrop.spread) };
}

/** [size, size], 1 where something of the object is no farther than `distance`. */
function nearObject(coverage: Uint8Array, size: number, distance: number): Uint8Array {
  const near = new Uint8Array(coverage.length);
  for (let pixel = 0; pixel < coverage.length; pixel++) {
    if (coverage[pixel] === 0) continue;
    for (const other of around(pixel, size, distance)) near[other] = 1;
  }
  return near;
}

/** Writes the weighted mean of `off` over the pixels that are not near the object; 0 where there is none. */
function carryOver(off: Float32Array, near: Uint8Array, size: number, pixel: number, carried: Float32Array): void {
  let total = 0;
  for (const other of around(pixel, size, reach)) {
    if (near[other] === 1) continue;
    const [dx, dy] = [(other % size) - (pixel % size), Math.floor(other / size) - Math.floor(pixel / size)];
    const weight = 1 / (dx * dx + dy * dy) ** 2;
    total += weight;
    for (let c = 0; c < 3; c++) carried[3 * pixel + c]! += weight * off[3 * other + c]!;
  }
  if (total > 0) for (let c = 0; c < 3; c++) carried[3 * pixel + c]! /= total;
}

function* around(pixel: number, size: number, distance: number): Generator<number> {
  const [x, y] = [pixel % size, Math.floor(pixel / size)];
  for (let j = Math.max(0, y - distance); j <= Math.min(size - 1, y + distance); j++) {
    for (let i = Math.max(0, x - distance); i <= Math.min(size - 1, x + distance); i++) yield j * size + i;
  }
}
