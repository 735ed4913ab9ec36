import { applyEffects, drawShape, drawView, renderView, sceneByName } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { levelCost } from '../level.js';
import { softenImage } from '../soften-image.js';
import { jpegFile } from './jpeg-file.js';
import { JpegFrequencies } from './jpeg-frequencies.js';

const scene = sceneByName('observable');

function drawn(index: number, size = 64) {
  const view = drawView(scene, 8, index, 0);
  return renderView(scene, drawShape(scene, 8, index), view, { size, effects: false }).image;
}

function compressed(index: number, noise: number) {
  const right = drawn(index);
  const image = { ...right, data: right.data.slice() };
  applyEffects(image, { occluders: 0, blur: 0, noise, jpeg: 60, seed: index });
  return { right, image };
}

describe('jpegFile', () => {
  it.each([0, 6])('expects what the right rendering leaves, at noise %d; another leaves much more', (noise) => {
    for (let index = 0; index < 8; index++) {
      const { right, image } = compressed(index, noise);
      const level = jpegFile(image)!.level();
      const costOf = ({ data }: typeof right) => {
        const softened = softenImage(Float32Array.from(data), level.size, level.blur, new Float32Array(data.length));
        return levelCost(level, level.look!(softened)) / level.expected;
      };
      const own = costOf(right);
      expect(own, `${index}`).toBeGreaterThan(0.4);
      expect(own, `${index}`).toBeLessThan(2.2);
      expect(costOf(drawn(index + 1)), `${index}`).toBeGreaterThan(4 * own);
    }
  });

  it('is undefined of an image that was never a file of that kind', () => {
    expect(jpegFile(drawn(1))).toBeUndefined();
  });
});

describe('JpegFrequencies', () => {
  it('keeps lengths, is linear, and does not see what is left out', () => {
    const size = 24;
    const { data } = drawn(2, size);
    const other = drawn(3, size).data;
    const kept = new Uint8Array(size * size).fill(1);
    const frequencies = new JpegFrequencies(size, kept);
    const zero = frequencies.of(new Uint8Array(data.length), true);
    const [a, b] = [data, other].map((pixels) => frequencies.of(pixels, true));
    const both = frequencies.of(
      Float32Array.from(data, (value, i) => value + other[i]!),
      true,
    );
    for (const [i, value] of both.entries()) expect(value).toBeCloseTo(a![i]! + b![i]! - zero[i]!, 2);
    const luma = Array.from(
      { length: size * size },
      (_, i) => 0.299 * data[3 * i]! + 0.587 * data[3 * i + 1]! + 0.114 * data[3 * i + 2]! - 128,
    );
    const square = (list: ArrayLike<number>) => Array.from(list).reduce((sum, value) => sum + value * value, 0);
    expect(square(a!.subarray(0, size * size)) / square(luma)).toBeCloseTo(1, 4);
    // A part of it: what changes there changes nothing.
    for (let pixel = 0; pixel < size * size; pixel++) if (pixel % size >= 9 && pixel >= 5 * size) kept[pixel] = 0;
    const part = new JpegFrequencies(size, kept);
    const changed = data.map((value, i) => (kept[Math.floor(i / 3)] === 0 ? 255 - value : value));
    // 0 of either sign.
    const seen = (pixels: ArrayLike<number>, decoded: boolean) => part.of(pixels, decoded).map((value) => value + 0);
    for (const decoded of [true, false]) expect(seen(changed, decoded)).toEqual(seen(data, decoded));
    expect(part.of(data, true)).not.toEqual(frequencies.of(data, true));
    kept.fill(0);
    expect(square(new JpegFrequencies(size, kept).of(data, false))).toBe(0);
  });
});
