import { fitImage, type InputImage, imageFitDefaults } from '@kanrecon/image';
import type { Picture } from './picture.js';

/** Pixels of the longer side beyond which refinement gains nothing: it compares 128. */
const largest = 512;

/** An image as it is kept, shown and refined: of its own form, without transparency, and not larger than 512 pixels. */
export function smallPicture(image: InputImage): Picture {
  const longer = Math.max(image.width, image.height);
  const size = Math.min(largest, longer);
  const square = fitImage(image, size, { background: imageFitDefaults.background });
  const side = (length: number) => Math.max(1, Math.round((length * size) / longer));
  const [width, height] = [side(image.width), side(image.height)];
  if (width === size && height === size) return { width, height, data: square };
  // fitImage has set bars on two sides.
  const [left, top] = [(size - width) >> 1, (size - height) >> 1];
  const data = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    const from = 3 * ((top + y) * size + left);
    data.set(square.subarray(from, from + 3 * width), 3 * y * width);
  }
  return { width, height, data };
}
