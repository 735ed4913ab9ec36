import type { RgbImage } from '@kanrecon/render';
import type { Level } from '../level.js';
import { squaredLevels } from '../refine-levels.js';
import { targetLevels } from '../target-levels.js';
import { jpegLevel, jpegNoise } from './jpeg-level.js';
import { jpegQuality } from './jpeg-quality.js';
import { noiseBefore } from './noise-before.js';

/** An image that was a JPEG, pixel by pixel as it was decoded. */
export interface JpegFile {
  /** Standard deviation of what is expected of its softened pixels, of 255, see `jpegNoise`. */
  readonly grain: number;
  /**
   * What its frequencies are compared on.
   *
   * @param change what is to be changed about the level of pixels that it is made from, which expects no noise
   */
  readonly level: (change?: (pixels: Level) => Level) => Level;
}

/**
 * What is known of an image that was a JPEG.
 *
 * @param image as it was decoded, neither made larger nor smaller since
 * @returns undefined where it was none, see `jpegQuality`
 */
export function jpegFile(image: RgbImage): JpegFile | undefined {
  const quality = jpegQuality(image);
  if (quality === undefined) return undefined;
  const noise = noiseBefore(image, quality);
  const pixels = targetLevels(image, squaredLevels.slice(-1), 0)[0]!;
  const level: JpegFile['level'] = (change) => jpegLevel(change ? change(pixels) : pixels, image, quality, noise);
  return { grain: jpegNoise(level()), level };
}
