import { renderView } from '@kanrecon/scene';
import type { ShownObject } from '../state/shown.js';
import type { Overlay } from '../state/store.js';
import { type OverlayLayers, paintDifference, paintOverlay } from './paint-overlay.js';
import type { Picture } from './picture.js';

/** Width of the pictures that are laid over each other, at most: larger ones would not be drawn within a frame. */
export const largestOverlay = 256;

/** An object's rendering over a square image, or by itself where there is none. */
export function overlayLayers(
  object: Omit<ShownObject, 'model'> | undefined,
  image: Picture | undefined,
): OverlayLayers | undefined {
  if (!object) return image && { image };
  const { scene, parameters, view, baseColor } = object;
  const size = image?.width ?? largestOverlay;
  const shape = { parameters, baseColor: [baseColor[0], baseColor[1], baseColor[2]] as const };
  const { image: rendering, coverage } = renderView(scene, shape, view, { size, effects: false });
  const drawn = { ...rendering, data: Uint8Array.from(rendering.data) };
  return { image: image ?? drawn, rendering: drawn, coverage };
}

/** Paints layers into a canvas, which takes their size. */
export function paintLayers(canvas: HTMLCanvasElement, layers: OverlayLayers, { mode, opacity }: Overlay): void {
  const { width, height } = layers.image;
  // Setting its size clears a canvas.
  if (canvas.width !== width) Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  if (!context) return;
  const pixels = context.createImageData(width, height);
  if (mode === 'difference') paintDifference(pixels, layers);
  else paintOverlay(pixels, layers, opacity);
  context.putImageData(pixels, 0, 0);
}
