import type { Rendering } from '@kanrecon/render';

/** How far two pictures of one view agree. */
export interface ImageAgreement {
  /** Intersection over union of the masks (pixels covered by half or more); 1 where both are empty. */
  readonly maskIoU: number;
  /** Mean absolute difference of the channels where the second shows the object, of 255; 0 where it shows none. */
  readonly rgbDifference: number;
}

/** Compares two renderings of the same size. */
export function compareImages(
  a: Pick<Rendering, 'image' | 'coverage'>,
  b: Pick<Rendering, 'image' | 'coverage'>,
): ImageAgreement {
  let both = 0;
  let either = 0;
  let inside = 0;
  let difference = 0;
  for (let pixel = 0; pixel < b.coverage.length; pixel++) {
    const inA = a.coverage[pixel] >= 128;
    const inB = b.coverage[pixel] >= 128;
    if (inA && inB) both++;
    if (inA || inB) either++;
    if (!inB) continue;
    inside++;
    for (let k = 3 * pixel; k < 3 * pixel + 3; k++) difference += Math.abs(a.image.data[k] - b.image.data[k]);
  }
  return { maskIoU: either === 0 ? 1 : both / either, rgbDifference: inside === 0 ? 0 : difference / (3 * inside) };
}
