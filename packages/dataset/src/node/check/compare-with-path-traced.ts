import type { Rendering, RgbImage } from '@kanrecon/render';
import type { DrawnView, Scene } from '@kanrecon/scene';
import { renderView } from '@kanrecon/scene';
import { sampleView } from '../../sample-view.js';
import type { LabelComparison, LabelledSample } from './compare-with-label.js';
import { maskTolerance, objectMask } from './object-mask.js';
import { worstPart } from './worst-part.js';

/** Bytes by which light that bounces and the grain of few paths may leave the range of our renderings. */
const slack = 10;

/**
 * Compares an image that Blender rendered from a label with our renderings of it. Two things differ in faithful images: edges, as
 * pixels are filtered in another way and have few paths; and ambient light, which the object keeps from itself. So the outlines are
 * compared by the pixels that they lie apart, whatever the object's size, and colours with the range between our renderings with
 * all and with none of the ambient light.
 *
 * Measured on 128 faithful images (`study`, `observable`, `fluted`, 64 to 224 pixels): with 4 to 32 paths a pixel .32 pixels apart
 * and a difference of 9.2 at most, with one path .44 and 10.1. With the radius or the height off by a tenth of its range, 248 of 256
 * are found by the bounds of half a pixel and 16; docs/blender.md has the rest.
 */
export function compareWithPathTraced(
  image: RgbImage,
  sample: LabelledSample,
  scene: Scene,
  seed: number,
): LabelComparison {
  const view = sampleView(scene, sample, seed);
  const { parameters, baseColor = [0.5, 0.5, 0.5] } = sample;
  const size = image.width;
  const render = (seen: DrawnView) => renderView(scene, { parameters, baseColor }, seen, { size });
  const bright = render(view);
  const dark = render({ ...view, light: { ...view.light, ambient: 0 } }).image;
  return { ...compareOutlines(image, bright, dark, view), difference: outsideRange(image, bright.image, dark) };
}

function compareOutlines(image: RgbImage, { image: bright, coverage }: Rendering, dark: RgbImage, view: DrawnView) {
  const { width } = image;
  const { background } = view;
  const tolerance = maskTolerance(view.effects);
  const seen = objectMask(image, background, tolerance);
  const expected = objectMask(bright, background, tolerance);
  const channels = [0, 1, 2];
  let both = 0;
  let either = 0;
  for (let i = 0; i < seen.length; i++) {
    if (isInner(coverage, i, width)) {
      // Away from the edge the mask's comparison of neighbours says nothing; the colour alone does, if it can be told from the background.
      const at = (c: number) => 3 * i + c;
      const alike = (c: number) => dark.data[at(c)] - slack <= background && background <= bright.data[at(c)] + slack;
      if (channels.every(alike)) continue;
      either++;
      if (channels.some((c) => Math.abs(image.data[at(c)] - background) > tolerance)) both++;
      continue;
    }
    if (coverage[i] === 255 && expected[i] === 0) continue;
    both += seen[i] & expected[i];
    either += seen[i] | expected[i];
  }
  const apart = (either - both) / Math.max(1, outlineLength(expected, width));
  return { iou: either === 0 ? 0 : both / either, apart };
}

/** Whether a pixel and its eight neighbours are wholly covered. */
function isInner(coverage: Uint8Array, i: number, width: number): boolean {
  for (const row of [-width, 0, width]) {
    for (let j = i + row - 1; j <= i + row + 1; j++) if (coverage[j] !== 255) return false;
  }
  return true;
}

/** Pixels of a mask with one of the four beside them outside it. */
function outlineLength(mask: Uint8Array, width: number): number {
  let length = 0;
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0) continue;
    const column = i % width;
    const left = column > 0 ? mask[i - 1] : 0;
    const right = column + 1 < width ? mask[i + 1] : 0;
    // Beyond the first and the last row there is nothing.
    if (!left || !right || !mask[i - width] || !mask[i + width]) length++;
  }
  return length;
}

/** By how much an image leaves the range between two others, in its worst part. */
function outsideRange(image: RgbImage, bright: RgbImage, dark: RgbImage): number {
  const nearest = image.data.map((value, i) => {
    const [low, high] =
      dark.data[i] <= bright.data[i] ? [dark.data[i], bright.data[i]] : [bright.data[i], dark.data[i]];
    return Math.min(high, Math.max(low, value));
  });
  return worstPart(image, { ...image, data: nearest });
}
