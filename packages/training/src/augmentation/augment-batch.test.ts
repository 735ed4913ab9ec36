import { spiralCylinder } from '@kanrecon/geometry';
import { cameraRotation, renderSurface } from '@kanrecon/render';
import { describe, expect, it } from 'vitest';
import { applyDihedral } from './apply-dihedral.js';
import { augmentBatch } from './augment-batch.js';
import { parseAugmentations } from './augmentations.js';

const size = 48;
const shape = { radius: 0.9, height: 2.2, twist_amp: 1, twist_freq: 2, wave_amp: 0.3, wave_freq: 2.5 };
const rotation = cameraRotation({ x: 0.9, y: 0.7, z: 2.1 });
const render = (camera: Float64Array) =>
  renderSurface(spiralCylinder, shape, { rotation: camera, size, baseColor: [0.7, 0.3, 0.2] }).image.data;

/** Product of 3 × 3 matrices, row-major. */
function product(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: 9 }, (_, i) => {
    const [row, column] = [3 * Math.floor(i / 3), i % 3];
    return a[row]! * b[column]! + a[row + 1]! * b[column + 3]! + a[row + 2]! * b[column + 6]!;
  });
}

function meanDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!);
  return sum / a.length;
}

describe('augmentBatch', () => {
  it('dihedral: a mirrored or turned image is a true image of the same object from another camera', () => {
    const image = Uint8Array.from(render(rotation));
    const out = new Uint8Array(image.length);
    // A mirror plane of the object (through the z axis) and the image's own mirror make a proper rotation together.
    const mirrored = product(product([-1, 0, 0, 0, 1, 0, 0, 0, 1], rotation), [-1, 0, 0, 0, 1, 0, 0, 0, 1]);
    applyDihedral(image, out, size, 1);
    expect(meanDifference(image, out)).toBeGreaterThan(5);
    expect(meanDifference(render(mirrored), out)).toBeLessThan(0.6);
    // A half turn of the camera about its axis.
    applyDihedral(image, out, size, 3);
    expect(meanDifference(render(product(rotation, [-1, 0, 0, 0, -1, 0, 0, 0, 1])), out)).toBeLessThan(0.6);
    // Rows and columns swapped: a quarter turn and a mirror; the light stays above, so the sun's slight slant is all.
    applyDihedral(image, out, size, 5);
    const quarter = product(rotation, [0, 1, 0, -1, 0, 0, 0, 0, 1]);
    const other = product(rotation, [0, -1, 0, 1, 0, 0, 0, 0, 1]);
    expect(Math.min(meanDifference(render(quarter), out), meanDifference(render(other), out))).toBeLessThan(0.6);
  });

  it('dihedral: the eight elements differ and each keeps every pixel', () => {
    const image = Uint8Array.from({ length: 5 * 5 * 3 }, (_, i) => i);
    const results = Array.from({ length: 8 }, (_, element) => {
      const out = new Uint8Array(image.length);
      applyDihedral(image, out, 5, element);
      return out;
    });
    expect(new Set(results.map(String)).size).toBe(8);
    for (const result of results) expect([...result].sort((a, b) => a - b)).toEqual([...image]);
  });

  it('study: repeatable, different by epoch and sample, close to the image in colour', () => {
    const image = render(rotation);
    const batch = () => {
      const both = new Uint8Array(2 * image.length);
      both.set(image);
      both.set(image, image.length);
      return both;
    };
    const [a, b, c] = [batch(), batch(), batch()];
    augmentBatch(a, [4, 9], size, parseAugmentations('study')!, { seed: 1, epoch: 0 });
    augmentBatch(b, [4, 9], size, parseAugmentations('study')!, { seed: 1, epoch: 0 });
    augmentBatch(c, [4, 9], size, parseAugmentations('study')!, { seed: 1, epoch: 1 });
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
    expect(a.subarray(0, image.length)).not.toEqual(a.subarray(image.length));
    const [before, after] = [image, a].map((data) => data.reduce((sum, value) => sum + value, 0) / data.length);
    expect(Math.abs(after! / before! - 1)).toBeLessThan(0.25);
  });

  it('the order of a batch does not matter to an image', () => {
    const image = render(rotation);
    const pair = new Uint8Array(2 * image.length);
    pair.set(image);
    pair.set(image, image.length);
    const swapped = pair.slice();
    augmentBatch(pair, [4, 9], size, parseAugmentations('study')!, { seed: 1, epoch: 0 });
    augmentBatch(swapped, [9, 4], size, parseAugmentations('study')!, { seed: 1, epoch: 0 });
    expect(pair.subarray(0, image.length)).toEqual(swapped.subarray(image.length));
  });
});
