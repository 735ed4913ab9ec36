import type { RgbImage } from '@kanrecon/render';
import { randomStream } from '../random-stream.js';

const noiseStream = 5;
/** Standard deviation of the sum of four bytes. */
const deviation = Math.sqrt((4 * (256 * 256 - 1)) / 12);

/**
 * Adds noise to every channel of every pixel, in place. The noise is the sum of four uniform bytes, so close to normal that no
 * image shows the difference (it ends at 3.4 standard deviations), and exact in whole numbers on every machine.
 *
 * @param noise standard deviation, in 1/255
 * @param seed a whole number
 */
export function addNoise({ data }: RgbImage, noise: number, seed: number): void {
  const random = randomStream(noiseStream, seed);
  const scale = noise / deviation;
  for (let i = 0; i < data.length; i++) {
    const word = random.next();
    const sum = (word & 255) + ((word >>> 8) & 255) + ((word >>> 16) & 255) + (word >>> 24);
    data[i] = Math.min(255, Math.max(0, Math.round(data[i] + scale * (sum - 510))));
  }
}
