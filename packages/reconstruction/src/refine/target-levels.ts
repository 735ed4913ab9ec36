import { type RgbImage, shrinkImage } from '@kanrecon/render';
import { contrastAround } from './contrast-around.js';
import { imageNoise, softenedNoise } from './image-noise.js';
import type { Level } from './level.js';
import { softenImage } from './soften-image.js';

/** How a level differs from the next. */
export interface Coarseness {
  /** Share of the image's size. */
  readonly share: number;
  /** And most pixels. */
  readonly most?: number;
  readonly blur: number;
  readonly outlier: number;
  readonly step: number;
  readonly central: boolean;
  readonly iterations: number;
  readonly gain: number;
}

/** Rounding, in both pictures. */
const rounding = 0.5;
/** Share of the contrast, see {@link targetLevels}; .05 and none were tried and found less. */
const edges = 0.02;

/**
 * The image at several degrees of coarseness.
 *
 * How far a pixel may be off from its right rendering is taken from the contrast around it: an edge lies between the renderer's samples,
 * so that the pixels on it are right only to a share of the step in brightness across it, while a smoothly shaded one is right to its rounding.
 *
 * @param image of the size that the finest level has
 */
export function targetLevels(
  image: RgbImage,
  coarseness: readonly Coarseness[],
  noise = imageNoise(image.data, image.width),
): Level[] {
  return coarseness.map(({ share, most = image.width, ...rest }) => {
    const size = Math.max(1, Math.round(Math.min(most, image.width * share)));
    const target = Float32Array.from(shrinkImage(image, size).data);
    softenImage(target, size, rest.blur, new Float32Array(target.length));
    const left = softenedNoise(noise, image.width / size, rest.blur);
    const weights = contrastWeights(target, size, left);
    const expected = (left * left * weights.reduce((sum, weight) => sum + weight, 0)) / weights.length;
    return { size, target, weights, expected, ...rest };
  });
}

/** 1 / variance, see {@link targetLevels}. @param noise standard deviation of 255 */
function contrastWeights(target: Float32Array, size: number, noise: number): Float32Array {
  return contrastAround(target, size, 1).map((contrast) => 1 / (rounding ** 2 + noise ** 2 + (edges * contrast) ** 2));
}
