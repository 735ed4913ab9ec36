import { denormalizeParameters } from '@kanrecon/geometry';
import { fitImage } from '@kanrecon/image';
import type { FoundObject, RebuiltObject } from '@kanrecon/reconstruction';
import type { RgbImage } from '@kanrecon/render';
import { renderView, type Scene } from '@kanrecon/scene';
import { overlayImage } from './overlay-image.js';

/**
 * An object that was refined, as `rebuild` gives one that was not: drawn from the camera that was found, with the shape at the
 * posterior's peak.
 *
 * @param normalized the network's numbers, in the surface's order
 * @param image in which it was found, of any form
 * @returns `overlay`: the rendering laid over the image
 */
export function drawRefined(
  { parameters: drawnParameters, view, baseColor }: FoundObject,
  normalized: Float32Array,
  image: RgbImage,
  scene: Scene,
  renderingSize: number,
): RebuiltObject & { readonly overlay: RgbImage } {
  const { surface } = scene;
  const shape = { parameters: drawnParameters, baseColor };
  const { image: rendering, coverage } = renderView(scene, shape, view, { size: renderingSize, effects: false });
  const { background } = view;
  const data = fitImage(image, renderingSize, { background: [background, background, background] });
  return {
    parameters: denormalizeParameters(surface, normalized),
    drawnParameters,
    normalized,
    outsideRange: surface.parameters.map(({ name }) => name).filter((_, i) => normalized[i]! < 0 || normalized[i]! > 1),
    view,
    baseColor,
    rendering,
    overlay: overlayImage({ width: renderingSize, height: renderingSize, data }, rendering, coverage),
  };
}
