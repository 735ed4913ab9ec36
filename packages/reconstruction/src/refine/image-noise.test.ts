import { drawShape, drawView, randomStream, renderView, sceneByName } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { normal } from '../random-normal.js';
import { imageBackground } from './image-background.js';
import { imageNoise, softenedNoise } from './image-noise.js';
import { softenImage } from './soften-image.js';

const size = 64;
const study = sceneByName('study');
const { image } = renderView(study, drawShape(study, 5, 0), drawView(study, 5, 0, 0), { size, effects: false });
const deviation = (values: ArrayLike<number>) =>
  Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0) / values.length);

function noisy(strength: number): Float64Array {
  const random = randomStream(4, strength);
  return Float64Array.from(image.data, (value) => value + strength * normal(random));
}

describe('imageNoise', () => {
  it('is 0 of a rendering', () => {
    expect(imageNoise(image.data, size)).toBeLessThan(0.4);
  });

  it.each([1, 3, 8, 20])("is the noise's standard deviation: %i of 255, a little more on an object", (strength) => {
    const random = randomStream(4, strength);
    const plain = Float64Array.from(image.data, () => 100 + strength * normal(random));
    expect(imageNoise(plain, size) / strength).toBeCloseTo(1, 1);
    const found = imageNoise(noisy(strength), size);
    expect(found).toBeGreaterThan(0.97 * strength);
    expect(found).toBeLessThan(1.2 * strength + 0.2);
  });

  it('of a picture too small to have neighbours is 0', () => {
    expect(imageNoise(new Uint8Array(12), 2)).toBe(0);
  });
});

describe('softenedNoise', () => {
  it.each([
    [1, 0],
    [1, 1],
    [1, 2],
    [2, 1],
  ])('is what averaging %i pixels a side and a blur of %i leave of it', (pixels, blur) => {
    const [small, random] = [128, randomStream(5)];
    const noise = Float32Array.from({ length: 3 * small * small }, () => {
      let sum = 0;
      for (let k = 0; k < pixels * pixels; k++) sum += 10 * normal(random);
      return sum / pixels ** 2;
    });
    const left = deviation(softenImage(noise, small, blur, new Float32Array(noise.length)));
    expect(softenedNoise(10, pixels, blur) / left).toBeCloseTo(1, 1);
  });
});

describe('imageBackground', () => {
  it('is the grey behind a rendered object', () => {
    expect(imageBackground(image)).toEqual([197, 197, 197]);
  });

  it('is the median of the border by channel, so that what crosses less than half of it does not count', () => {
    const [width, height] = [7, 5];
    const data = new Uint8Array(3 * width * height).fill(9);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (x > 0 && x < width - 1 && y > 0 && y < height - 1) continue;
        data.set(y === 0 ? [255, 0, 255] : [10, 20, 30], 3 * (y * width + x));
      }
    }
    expect(imageBackground({ width, height, data })).toEqual([10, 20, 30]);
    expect(imageBackground({ width: 1, height: 1, data: Uint8Array.of(1, 2, 3) })).toEqual([1, 2, 3]);
  });
});
