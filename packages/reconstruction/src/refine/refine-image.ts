import { type FitImageOptions, fitImage, type InputImage } from '@kanrecon/image';
import { type RgbImage, shrinkImage } from '@kanrecon/render';
import type { Scene } from '@kanrecon/scene';
import { imageBackground } from './image-background.js';
import { usualSize } from './usual-size.js';

/** Pixels below which nothing is to be seen. */
const smallest = 32;
/** Larger images are brought to this size first; averaging their light as well would change nothing that is seen at 64 pixels. */
const largest = 1024;

/**
 * An image as it is compared with renderings: square, `size` pixels wide, `usualSize` where nothing is said, or its own size where it is smaller; made smaller as the
 * renderer would have drawn it smaller. What is missing to a square gets the colour of the image's own border.
 *
 * @throws if the image is smaller than 32 pixels
 */
export function refineImage(
  image: InputImage,
  scene: Scene,
  size: number | undefined,
  fit: FitImageOptions = {},
): RgbImage {
  if (size !== undefined && !(Number.isInteger(size) && size >= smallest && size <= 256)) {
    throw new Error(`refine: size is wrong; expected a whole number from ${smallest} to 256, got ${size}`);
  }
  const grey = Math.round((scene.background[0] + scene.background[1]) / 2);
  const longer = Math.min(largest, Math.max(image.width, image.height));
  if (longer < smallest) {
    throw new Error(
      `refine: the image is too small; expected at least ${smallest} pixels, got ${image.width} × ${image.height}`,
    );
  }
  const square = (background: readonly [number, number, number]) => ({
    width: longer,
    height: longer,
    data: fitImage(image, longer, { background: [...background], ...fit }),
  });
  let whole = square([grey, grey, grey]);
  if (image.width !== image.height && fit.background === undefined) {
    // Bars of another colour than the image's own would be taken for edges.
    const scale = longer / Math.max(image.width, image.height);
    const [width, height] = [image.width, image.height].map((side) => Math.max(1, Math.round(side * scale)));
    whole = square(innerBackground(whole, width!, height!));
  }
  return shrinkImage(whole, Math.min(size ?? usualSize(longer), longer));
}

/** The border's colour of the image within its bars. */
function innerBackground(square: RgbImage, width: number, height: number): [number, number, number] {
  const [left, top] = [(square.width - width) >> 1, (square.height - height) >> 1];
  const data = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    const from = 3 * ((top + y) * square.width + left);
    data.set(square.data.subarray(from, from + 3 * width), 3 * y * width);
  }
  return [...imageBackground({ width, height, data })] as [number, number, number];
}
