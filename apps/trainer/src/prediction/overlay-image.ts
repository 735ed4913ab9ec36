import type { RgbImage } from '@kanrecon/render';

/** Orange: in no image of ours, and seen by those who cannot tell red from green. */
const outline = [255, 110, 0] as const;
/** Share of the rendering where it covers the image. */
const opacity = 0.5;
/** Of 255: from here on the object covers a pixel. */
const covered = 128;

/**
 * A rendering laid half transparent over the image that it was made for, with the object's outline: where both fit, only the outline is
 * new.
 *
 * @param image of the rendering's size
 * @param coverage [height, width], 0 to 255: how much of a pixel the object covers
 */
export function overlayImage(image: RgbImage, rendering: RgbImage, coverage: ArrayLike<number>): RgbImage {
  const { width, height } = image;
  const data = Uint8Array.from(image.data);
  for (let pixel = 0; pixel < coverage.length; pixel++) {
    const share = (opacity * coverage[pixel]!) / 255;
    for (let c = 0; c < 3; c++) {
      const at = 3 * pixel + c;
      data[at] = Math.round(data[at]! + share * (rendering.data[at]! - data[at]!));
    }
  }
  const wide = Math.max(1, Math.round(width / 256));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x;
      // Outside of the object, so that nothing of it is hidden.
      if (coverage[pixel]! >= covered || !isNear(coverage, width, height, x, y, wide)) continue;
      data.set(outline, 3 * pixel);
    }
  }
  return { width, height, data };
}

/** Whether the object covers a pixel at most so far away, along rows and columns. */
function isNear(coverage: ArrayLike<number>, width: number, height: number, x: number, y: number, far: number) {
  for (let step = 1; step <= far; step++) {
    if (x >= step && coverage[y * width + x - step]! >= covered) return true;
    if (x + step < width && coverage[y * width + x + step]! >= covered) return true;
    if (y >= step && coverage[(y - step) * width + x]! >= covered) return true;
    if (y + step < height && coverage[(y + step) * width + x]! >= covered) return true;
  }
  return false;
}
