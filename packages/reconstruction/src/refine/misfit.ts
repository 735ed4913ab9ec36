import type { RgbImage } from '@kanrecon/render';
import { type Backdrop, behind } from './backdrop.js';
import { cutOff } from './cut-off.js';
import { largestPiece } from './largest-piece.js';
import type { Fitted, Level } from './level.js';

/** What a rendering leaves unexplained of an image, where either shows an object. */
export interface Misfit {
  /** Mean squared difference in variances of what is expected of the right rendering; about 1 or less where it is right. */
  readonly chiSquared: number;
  /** Root mean square difference, of 255; it and `chiSquared` are of what was not left out of the fit. */
  readonly rms: number;
  /** Share of the pixels that show something which the rendering does not explain; without the one largest piece of them, see `hidden`. */
  readonly unexplained: number;
  /** Share that one piece makes which the rendering does not explain, up to a quarter: what lies in front of the object. */
  readonly hidden: number;
  /** How far along the frame the object is cut off: the longest run of outermost pixels that show something, as a share of a side. */
  readonly cut: number;
}

/** Share of what shows that may stay unexplained of an image whose fit is believed. */
export const mostUnexplained = 0.05;
/** And of the rest of it; `rms` is for noise so strong that anything would be as likely. */
const believed = { chiSquared: 2.5, rms: 8 } as const;
/** Of the pixels that are left, those that differ most do not count: highlights, the rest of what was left out. */
const leftOut = 0.1;
/** Of 255: a pixel farther from the background shows something. */
const shows = 12;
/** Of 255, and of the noise's standard deviations: a pixel that differs less is explained. JPEG of quality 60 and Blender stay below. */
const explained = { bytes: 6, noise: 2 } as const;
/** Most of what is seen that may be taken for something in front of the object. */
const mostHidden = 0.25;

/**
 * Tried as a measure of what is foreign, and worse: the squared difference as a share of the contrast. A few pixels make most of it, and of a vase that a
 * cylinder was fitted to it left less than of a cylinder behind an occluder.
 *
 * @param level what was fitted on; pixels without weight were left out
 * @param image of the level's size, not softened
 * @param noise standard deviation of the image's, of 255
 * @param carried whether the rendering's background is the image's own: then what differs from `backdrop` beside the object is not explained by it
 */
export function misfit(
  { size, target, weights, noise: found }: Level,
  { image: { pixels, coverage } }: Fitted,
  image: RgbImage,
  backdrop: Backdrop,
  noise: number,
  carried = false,
): Misfit {
  const shown = shownPixels(image, coverage, backdrop);
  const off = new Uint8Array(shown.length);
  const parts: [difference: number, weighted: number][] = [];
  let seen = 0;
  for (let pixel = 0; pixel < shown.length; pixel++) {
    if (shown[pixel] === 0) continue;
    seen++;
    let [difference, weighted, uncertain] = [0, 0, noise];
    for (let i = 3 * pixel; i < 3 * pixel + 3; i++) {
      const square = (pixels[i]! - target[i]!) ** 2;
      difference += square / 3;
      weighted += (square * weights[i]!) / 3;
      uncertain = Math.max(uncertain, found?.[i] ?? 0);
    }
    const most = explained.bytes + explained.noise * uncertain;
    const other = carried && coverage[pixel] === 0;
    off[pixel] = other || difference > most * most ? 1 : 0;
    if (weights[3 * pixel]! > 0) parts.push([difference, weighted]);
  }
  parts.sort((a, b) => a[0] - b[0]);
  const kept = parts.slice(0, Math.ceil((1 - leftOut) * parts.length));
  const mean = (k: 0 | 1) => kept.reduce((sum, part) => sum + part[k], 0) / Math.max(1, kept.length);
  const hidden = Math.min(mostHidden, count(largestPiece(off, size)) / Math.max(1, seen));
  return {
    chiSquared: mean(1),
    rms: Math.sqrt(mean(0)),
    // A rendering of nothing explains nothing, not even an empty picture.
    unexplained: seen === 0 ? 1 : count(off) / seen - hidden,
    hidden,
    cut: cutOff(image, backdrop),
  };
}

/** Whether a rendering explains an image: what it leaves is what a right one may leave. */
export function explains({ chiSquared, unexplained, rms }: Misfit): boolean {
  return chiSquared < believed.chiSquared && unexplained < mostUnexplained && rms < believed.rms;
}

const count = (mask: Uint8Array) => mask.reduce((sum, value) => sum + value, 0);

/** Where the image or the rendering shows more than what lies behind the object: [size, size], 0 or 1. */
export function shownPixels(image: RgbImage, coverage: Uint8Array, backdrop: Backdrop): Uint8Array {
  const least = shows + 3 * backdrop.spread;
  return coverage.map((covered, pixel) => {
    const off = (c: number) => Math.abs(image.data[3 * pixel + c]! - behind(backdrop, pixel, c, image.width));
    return covered > 0 || Math.max(off(0), off(1), off(2)) >= least ? 1 : 0;
  });
}
