import type { RgbImage, Vector3 } from '@kanrecon/render';
import type { Fitted, Level } from './fit-level.js';

/** What a rendering leaves unexplained of an image, where either shows an object. */
export interface Misfit {
  /** Mean squared difference in variances of what is expected of the right rendering; about 1 or less where it is right. */
  readonly chiSquared: number;
  /** Share of the object's contrast with the background that is not explained: 0 where all is, about 1 where nothing is, or where nothing shows. */
  readonly unexplained: number;
  /** Root mean square difference, of 255. */
  readonly rms: number;
}

/** Of the pixels, those that differ most are left out: occluders, highlights. */
const leftOut = 0.2;
/** Of 255: a pixel farther from the background shows something. */
const shows = 12;

/** @param image of the level's size, not softened */
export function misfit(
  { target, weights }: Level,
  { image: { pixels, coverage } }: Fitted,
  image: RgbImage,
  background: Vector3,
): Misfit {
  const parts: [difference: number, weighted: number, contrast: number][] = [];
  for (let pixel = 0; pixel < coverage.length; pixel++) {
    const at = 3 * pixel;
    const off = Math.max(...background.map((value, c) => Math.abs(image.data[at + c]! - value)));
    if (coverage[pixel] === 0 && off < shows) continue;
    let [difference, weighted, contrast] = [0, 0, 0];
    for (let c = 0; c < 3; c++) {
      const square = (pixels[at + c]! - target[at + c]!) ** 2;
      difference += square / 3;
      weighted += (square * weights[at + c]!) / 3;
      contrast += (target[at + c]! - background[c]!) ** 2 / 3;
    }
    parts.push([difference, weighted, contrast]);
  }
  parts.sort((a, b) => a[0] - b[0]);
  const kept = parts.slice(0, Math.ceil((1 - leftOut) * parts.length));
  const mean = (k: 0 | 1 | 2) => kept.reduce((sum, part) => sum + part[k], 0) / Math.max(1, kept.length);
  const difference = mean(0);
  return {
    chiSquared: mean(1),
    unexplained: kept.length === 0 ? 1 : difference / Math.max(1, mean(2)),
    rms: Math.sqrt(difference),
  };
}
