import type { RgbImage } from '@kanrecon/render';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { randomStream } from '../random-stream.js';

const occluderStream = 6;
/** Half the length of a side, as a part of the image's width. */
const halfSides = [0.03, 0.12] as const;

/**
 * Lays opaque rectangles of one colour each, turned at random, over an image, in place. Their edges are smooth over a pixel.
 * They are the same at every image size.
 *
 * @param count how many
 * @param seed a whole number
 */
export function drawOccluders({ width, height, data }: RgbImage, count: number, seed: number): void {
  const random = randomStream(occluderStream, seed);
  const uniform = (min: number, max: number) => min + (max - min) * uniformFloat64(random);
  for (let n = 0; n < count; n++) {
    const [x, y] = [uniform(0, 1) * width, uniform(0, 1) * height];
    const [a, b] = [uniform(...halfSides) * width, uniform(...halfSides) * width];
    const turn = uniform(0, Math.PI);
    const color = [uniform(0, 255), uniform(0, 255), uniform(0, 255)];
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const reach = Math.hypot(a, b) + 1;
    const [top, bottom] = [Math.max(0, Math.floor(y - reach)), Math.min(height, Math.ceil(y + reach))];
    const [left, right] = [Math.max(0, Math.floor(x - reach)), Math.min(width, Math.ceil(x + reach))];
    for (let row = top; row < bottom; row++) {
      for (let column = left; column < right; column++) {
        const [dx, dy] = [column + 0.5 - x, row + 0.5 - y];
        // How far the pixel's centre lies inside the rectangle.
        const inside = Math.min(a - Math.abs(cos * dx + sin * dy), b - Math.abs(cos * dy - sin * dx));
        const cover = Math.min(1, Math.max(0, inside + 0.5));
        if (cover === 0) continue;
        const at = 3 * (row * width + column);
        for (let c = 0; c < 3; c++) data[at + c] = Math.round(data[at + c] + cover * (color[c] - data[at + c]));
      }
    }
  }
}
