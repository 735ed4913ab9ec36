import type { RgbImage } from '@kanrecon/render';
import { heat } from './color-maps.js';

/** Difference (mean over red, green, blue) at which the heat map is at its end, in bytes. */
export const fullDifference = 96;

/**
 * Where two images differ: a heat map over the first one in grey.
 *
 * @returns the picture and the mean absolute difference over all pixels, in bytes
 */
export function differenceImage(input: RgbImage, other: RgbImage): { image: RgbImage; meanDifference: number } {
  const data = new Uint8Array(input.data.length);
  let sum = 0;
  for (let i = 0; i < data.length; i += 3) {
    let difference = 0;
    let grey = 0;
    for (let c = 0; c < 3; c++) {
      difference += Math.abs(input.data[i + c]! - other.data[i + c]!) / 3;
      grey += input.data[i + c]! / 3;
    }
    sum += difference;
    const share = Math.min(1, difference / fullDifference);
    const color = heat(share);
    const opacity = Math.min(1, share * 3);
    for (let c = 0; c < 3; c++) data[i + c] = grey * (1 - opacity) + 255 * color[c]! * opacity;
  }
  return { image: { width: input.width, height: input.height, data }, meanDifference: (3 * sum) / data.length };
}
