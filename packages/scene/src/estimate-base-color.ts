import { checkRgbImage, type RgbImage, type Vector3 } from '@kanrecon/render';
import type { DrawnView } from './draw-view.js';
import { renderView } from './render-view.js';
import type { Scene } from './scene.js';

const mostRounds = 6;
/** Difference of the mean colours, of 255, from which on the two look alike. */
const alike = 0.1;
// Roughly how display bytes grow with linear colour; it only sets the pace of the iteration.
const displayGamma = 2.2;

/**
 * The base colour with which a rendering of the object has the same mean colour as the object in an image. A fixed-point
 * iteration over renderings (six at most, which take about 10 ms at 64 pixels); a closed form would have to undo light and tone curve.
 *
 * @param image square
 * @param scene how it was drawn
 * @param view its camera and light; effects are left out
 * @returns linear RGB in [0, 1]; mid grey where the pattern does not show the base colour
 */
export function estimateBaseColor(
  image: RgbImage,
  scene: Scene,
  parameters: Readonly<Record<string, number>>,
  view: DrawnView,
): Vector3 {
  checkRgbImage('estimateBaseColor', image);
  if (image.width !== image.height) {
    throw new Error(`estimateBaseColor: the image is not square; got ${image.width} × ${image.height}`);
  }
  let color: Vector3 = [0.5, 0.5, 0.5];
  if (scene.pattern === 'hue-wheel') return color;
  const size = image.width;
  for (let round = 0; round < mostRounds; round++) {
    const rendering = renderView(scene, { parameters, baseColor: color }, view, { size, effects: false });
    const wanted = meanColor(image.data, rendering.coverage);
    const found = meanColor(rendering.image.data, rendering.coverage);
    if (!wanted || !found) return color;
    if (wanted.every((value, c) => Math.abs(value - found[c]!) < alike)) return color;
    color = color.map((value, c) => {
      const factor = ((wanted[c]! + 1) / (found[c]! + 1)) ** displayGamma;
      return Math.min(1, Math.max(0.001, value * factor));
    }) as unknown as Vector3;
  }
  return color;
}

/** Mean over the pixels that the object covers wholly. */
function meanColor(data: Uint8Array | Uint8ClampedArray, coverage: Uint8Array): number[] | undefined {
  const sum = [0, 0, 0];
  let count = 0;
  for (let i = 0; i < coverage.length; i++) {
    if (coverage[i] !== 255) continue;
    count++;
    for (let c = 0; c < 3; c++) sum[c]! += data[3 * i + c]!;
  }
  return count > 0 ? sum.map((value) => value / count) : undefined;
}
