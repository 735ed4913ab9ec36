import type { RgbImage } from '@kanrecon/render';
import type { Scene } from '@kanrecon/scene';
import type { Backdrop } from './backdrop.js';
import type { Level } from './level.js';
import { shownPixels } from './misfit.js';
import { squaredLevels } from './refine-levels.js';

/** What a fit was made on, and how. */
export interface FittedImage {
  readonly target: RgbImage;
  readonly backdrop: Backdrop;
  /** Standard deviation of the image's noise, of 255. */
  readonly noise: number;
  /** Of the fit: pixels without weight were left out. */
  readonly level: Level;
  /** [size, size] of the fit's rendering: above 0 where it shows the object. */
  readonly coverage: Uint8Array;
}

/** Standard deviation of 255; JPEG of good quality has more. */
export const faint = 1;
/** Of 255: a background that differs more from the scene's is another. */
const otherBackground = 2;
/** Share of the pixels that show something beyond which those left out count: of clean images none are, and of a speck the 5 × 5 around it. */
const mostLeftOut = 0.005;
const squared = squaredLevels.at(-1)!.outlier;

/**
 * Whether a fit is one as a scene's calibration was measured on: of a clean rendering, all of it, by squared error. Not so where there is noise, be it
 * the image's or a file's, where a share of what shows was left out for outliers or counts less (something in front of the object, or a texture
 * behind it), and before another background than the scene's. All of 100 clean images of `study`, `observable` and `fluted` are such, none of 36 `observable`
 * ones with noise, as JPEG, behind an occluder or before another background; a slight blur is not noticed (two of six).
 */
export function asMeasured({ target, backdrop, noise, level, coverage }: FittedImage, scene: Scene): boolean {
  if (noise >= faint || level.noise !== undefined || level.outlier < squared) return false;
  const [darkest, brightest] = scene.background;
  const own = backdrop.color.every((value) => value > darkest - otherBackground && value < brightest + otherBackground);
  if (!own || backdrop.slopes) return false;
  const shown = shownPixels(target, coverage, backdrop);
  let [seen, out] = [0, 0];
  for (let pixel = 0; pixel < shown.length; pixel++) {
    if (shown[pixel] === 0) continue;
    seen++;
    if (level.weights[3 * pixel] === 0) out++;
  }
  return out <= mostLeftOut * seen;
}
