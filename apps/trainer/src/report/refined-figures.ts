import { resizeImage } from '@kanrecon/image';
import type { RgbImage } from '@kanrecon/render';
import { renderView, type Scene } from '@kanrecon/scene';
import type { RefinedImage, RefinementStep } from '../evaluation/refined-image.js';
import { differenceImage } from './difference-image.js';

/** One guess on the way to a refined prediction. */
export interface PathFigure {
  readonly rendering: RgbImage;
  readonly difference: RgbImage;
  readonly renderings: number;
  /** Mean absolute difference from the image, of 255. */
  readonly residual: number;
}

/** Pictures of a refined prediction. */
export interface RefinedFigures {
  /** From the direction and in the colour that refinement found. */
  readonly rendering: RgbImage;
  readonly difference: RgbImage;
  readonly meanDifference: number;
  /** From the first guess to the last. */
  readonly path: readonly PathFigure[];
}

/** Width and height of each picture of the path. */
const stepSize = 120;

/**
 * Draws a refined prediction, and the way to it.
 *
 * @param input the image, of the size that the rendering is to have
 */
export function refinedFigures(scene: Scene, input: RgbImage, refined: RefinedImage): RefinedFigures {
  const draw = (
    { parameters, baseColor, view }: Pick<RefinementStep, 'parameters' | 'baseColor' | 'view'>,
    size: number,
  ) => renderView(scene, { parameters, baseColor }, view, { size, effects: false }).image;
  const small = resizeImage(input, stepSize, stepSize);
  const rendering = draw(refined, input.width);
  const { image: difference, meanDifference } = differenceImage(input, rendering);
  return {
    rendering,
    difference,
    meanDifference,
    path: (refined.path ?? []).map((step) => {
      const drawn = draw(step, stepSize);
      const { renderings, residual } = step;
      return { rendering: drawn, difference: differenceImage(small, drawn).image, renderings, residual };
    }),
  };
}
