import type { RgbImage } from '@kanrecon/render';
import { type Backdrop, behind } from './backdrop.js';

/** Of 255: a pixel at the frame that differs more from what lies behind shows an object. */
const shows = 25;
/** Of 255: a background with more texture hides where an object is cut off. */
const plain = 12;

/**
 * How far along the frame an object is cut off: the longest run of outermost pixels that show something, as a share of a side; 0 where the
 * background is a texture.
 */
export function cutOff(image: RgbImage, backdrop: Backdrop): number {
  const { width, data } = image;
  if (backdrop.spread > plain) return 0;
  const last = width - 1;
  const sides = [
    (k: number) => k,
    (k: number) => last * width + k,
    (k: number) => k * width,
    (k: number) => k * width + last,
  ];
  let longest = 0;
  for (const side of sides) {
    let run = 0;
    for (let k = 0; k < width; k++) {
      const pixel = side(k);
      const off = [0, 1, 2].map((c) => Math.abs(data[3 * pixel + c]! - behind(backdrop, pixel, c, width)));
      run = Math.max(...off) > shows + 3 * backdrop.spread ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
  }
  return longest / width;
}
