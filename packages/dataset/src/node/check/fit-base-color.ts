import type { RgbImage } from '@kanrecon/render';
import type { DrawnShape, DrawnView, Scene } from '@kanrecon/scene';
import { renderView } from '@kanrecon/scene';

type Rgb = readonly [number, number, number];

const rounds = 4;
// Roughly how display bytes grow with linear colour; it only sets the pace of the iteration.
const displayGamma = 2.2;
const smallSize = 48;

/**
 * The base colour with which a rendering has the same mean colour as the object in an image, for labels that do not tell it (the
 * study's). A fixed-point iteration over small renderings.
 *
 * @param mean mean colour, in bytes, of the object's pixels in the image
 */
export function fitBaseColor(mean: Rgb, scene: Scene, parameters: DrawnShape['parameters'], view: DrawnView): Rgb {
  let color: Rgb = [0.5, 0.5, 0.5];
  for (let round = 0; round < rounds; round++) {
    const shape = { parameters, baseColor: color };
    const { image, coverage } = renderView(scene, shape, view, { size: smallSize, effects: false });
    const found = meanColor(image, (i) => coverage[i] === 255);
    if (!found) return color;
    const next = color.map((value, c) =>
      Math.min(1, Math.max(0.001, value * ((mean[c] + 1) / (found[c] + 1)) ** displayGamma)),
    );
    color = next as unknown as Rgb;
  }
  return color;
}

/** Mean over the pixels that `counts` picks. */
export function meanColor({ width, height, data }: RgbImage, counts: (index: number) => boolean): Rgb | undefined {
  const sum = [0, 0, 0];
  let count = 0;
  for (let i = 0; i < width * height; i++) {
    if (!counts(i)) continue;
    count++;
    for (let c = 0; c < 3; c++) sum[c] += data[3 * i + c];
  }
  return count > 0 ? [sum[0] / count, sum[1] / count, sum[2] / count] : undefined;
}
