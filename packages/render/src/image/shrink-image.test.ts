import { spiralCylinder } from '@kanrecon/geometry';
import { describe, expect, it } from 'vitest';
import { cameraRotation } from '../camera/camera-rotation.js';
import { renderSurface } from '../render-surface.js';
import { shrinkImage } from './shrink-image.js';

const parameters = { radius: 1, height: 2, twist_amp: 1.5, twist_freq: 4, wave_amp: 0.3, wave_freq: 3 };
const rotation = cameraRotation({ x: 0.8, y: 0.2, z: 2 });
const drawn = (size: number, samples: number, grey = 197) =>
  renderSurface(spiralCylinder, parameters, {
    rotation,
    size,
    samples,
    background: [grey, grey, grey],
    baseColor: [0.8, 0.3, 0.1],
    uSteps: 300,
  }).image;
const difference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;

describe('shrinkImage', () => {
  it.each([
    ['grey', 197],
    ['white', 255],
    ['black', 0],
  ])('gives what the renderer draws small with many samples, where averaging bytes does not: on %s', (_, grey) => {
    const [large, fine] = [drawn(144, 3, grey), drawn(48, 8, grey)];
    const shrunk = difference(shrinkImage(large, 48).data, fine.data);
    const averaged = Array.from(fine.data, (_, i) => {
      const [c, x, y] = [i % 3, Math.floor(i / 3) % 48, Math.floor(i / 3 / 48)];
      let sum = 0;
      for (let k = 0; k < 9; k++) sum += large.data[3 * ((3 * y + Math.floor(k / 3)) * 144 + 3 * x + (k % 3)) + c]!;
      return sum / 9;
    });
    // What is left comes of where the samples lie: at 3 × 3 the renderer itself is farther off.
    expect(shrunk).toBeLessThan(difference(drawn(48, 3, grey).data, fine.data));
    expect(shrunk).toBeLessThan(0.5 * difference(averaged, fine.data));
  });

  it('leaves one colour as it is, white too, at sizes that share no pixel borders', () => {
    for (const byte of [0, 1, 100, 197, 230, 254, 255]) {
      const data = new Uint8Array(3 * 20 * 20).fill(byte);
      for (const size of [1, 7, 19, 20]) {
        const shrunk = shrinkImage({ width: 20, height: 20, data }, size);
        expect(shrunk).toEqual({ width: size, height: size, data: new Uint8Array(3 * size * size).fill(byte) });
      }
    }
  });

  it('counts a pixel on the border of two for both by its shares', () => {
    // Three columns into two: the middle one belongs to both, a third of each.
    const data = Uint8Array.from({ length: 27 }, (_, i) => [60, 120, 180][Math.floor(i / 3) % 3]!);
    const { data: shrunk } = shrinkImage({ width: 3, height: 3, data }, 2);
    const light = (byte: number) => {
      const y = byte / 255 / 0.9778;
      return ((0.2597 * y) / (1 - y)) ** (1 / 0.8546);
    };
    const shown = (x: number) => (255 * 0.9778 * x ** 0.8546) / (x ** 0.8546 + 0.2597);
    const mixed = [(2 * light(60) + light(120)) / 3, (light(120) + 2 * light(180)) / 3].map((x) =>
      Math.round(shown(x)),
    );
    expect(Array.from(shrunk)).toEqual([...mixed, ...mixed].flatMap((value) => [value, value, value]));
  });

  it('copies an image of that size, and refuses others than squares and larger ones', () => {
    const image = drawn(16, 1);
    const same = shrinkImage(image, 16);
    expect(same).toEqual({ width: 16, height: 16, data: image.data });
    expect(same.data).not.toBe(image.data);
    expect(() => shrinkImage(image, 17)).toThrow('shrinkImage: size must be an integer from 1 to 16, got 17');
    expect(() => shrinkImage(image, 1.5)).toThrow('shrinkImage: size');
    expect(() => shrinkImage({ width: 2, height: 1, data: new Uint8Array(6) }, 1)).toThrow(
      'shrinkImage: the image is not square; expected as many rows as columns, got 2 × 1',
    );
    expect(() => shrinkImage({ width: 2, height: 2, data: new Uint8Array(11) }, 1)).toThrow('shrinkImage');
  });
});
