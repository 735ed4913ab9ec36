import { perceptual } from '@kanrecon/render';
import type { Picture } from './picture.js';

/** An object's rendering over the image that it was found in; all of one size. */
export interface OverlayLayers {
  readonly image: Picture;
  readonly rendering?: Picture | undefined;
  /** 0 to 255: how much of a pixel the object covers. */
  readonly coverage?: ArrayLike<number> | undefined;
}

/** Difference, of 255, at the end of the colour map. */
export const largestDifference = 64;

/** RGB bytes of the colour map, 256 entries. */
const colors = Uint8ClampedArray.from({ length: 3 * 256 }, (_, i) => 255 * perceptual(Math.floor(i / 3) / 255)[i % 3]!);

/** Lays the rendering over the image. @param opacity of the rendering where it covers the image, 0 to 1 */
export function paintOverlay(out: ImageData, { image, rendering, coverage }: OverlayLayers, opacity: number): void {
  for (let pixel = 0; pixel < image.width * image.height; pixel++) {
    const share = rendering && coverage ? (opacity * coverage[pixel]!) / 255 : 0;
    for (let c = 0; c < 3; c++) {
      const seen = image.data[3 * pixel + c]!;
      out.data[4 * pixel + c] = share > 0 ? seen + share * (rendering!.data[3 * pixel + c]! - seen) : seen;
    }
    out.data[4 * pixel + 3] = 255;
  }
}

/** Paints how far rendering and image are apart, from none to {@link largestDifference} and more. */
export function paintDifference(out: ImageData, { image, rendering }: OverlayLayers): void {
  for (let pixel = 0; pixel < image.width * image.height; pixel++) {
    const value = rendering ? Math.min(255, (255 * meanDifference(image, rendering, pixel)) / largestDifference) : 0;
    const at = 3 * Math.round(value);
    for (let c = 0; c < 3; c++) out.data[4 * pixel + c] = colors[at + c]!;
    out.data[4 * pixel + 3] = 255;
  }
}

/** Of 255: a pixel that differs more from what lies behind the object shows something. */
const shows = 12;

/**
 * Mean difference of rendering and image, of 255, where either shows an object.
 *
 * @param background grey behind the object, a byte
 */
export function objectDifference({ image, rendering, coverage }: OverlayLayers, background: number): number {
  if (!rendering || !coverage) return Number.NaN;
  let [sum, count] = [0, 0];
  for (let pixel = 0; pixel < image.width * image.height; pixel++) {
    const behind = [0, 1, 2].every((c) => Math.abs(image.data[3 * pixel + c]! - background) <= shows);
    if (behind && coverage[pixel] === 0) continue;
    sum += meanDifference(image, rendering, pixel);
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

function meanDifference(a: Picture, b: Picture, pixel: number): number {
  let sum = 0;
  for (let i = 3 * pixel; i < 3 * pixel + 3; i++) sum += Math.abs(a.data[i]! - b.data[i]!);
  return sum / 3;
}
