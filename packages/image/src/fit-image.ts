import { checkImage, checkOut, checkSize } from './check-image.js';
import { checkOptions } from './check-options.js';
import { completeImageFit, type ImageFit, imageFitNames } from './image-fit.js';
import { resample } from './resample.js';
import type { InputImage } from './rgb-image.js';

/** Options of {@link fitImage}: any part of an `ImageFit`. */
export interface FitImageOptions extends Partial<ImageFit> {}

/**
 * Brings an image of any size into a square of `size` × `size` RGB bytes. Transparency is laid over the background first; then, by
 * `padding`,
 *
 * - `letterbox`: the longer side becomes `size`, the shorter one round(shorter · size ÷ longer), a half rounded up, at least 1; then
 *   background is set on both sides, the odd pixel on the right or below. Nothing of the background gets into the image's edge.
 * - `squash`: both sides become `size`.
 * - `crop`: the middle square of the image, whose side is the shorter one, becomes `size`; of an odd number of columns or rows to leave
 *   away, one more goes on the right or below.
 * - `crop` with `shorterSide`: the shorter side becomes so many pixels, the longer one shorterSide · longer ÷ shorter, cut off to a whole
 *   number; the middle of that is the result. What is left away is divided by two, a half rounded to the even number, and goes on the left
 *   and above. As torchvision's `Resize(shorterSide)` and `CenterCrop(size)`, of which only what shows is computed.
 *
 * Resized as by `resizeImage`, byte for byte as Pillow resizes. The letterbox is also that of sharp's `fit: 'contain'`, but where a
 * half is to be rounded: sharp rounds it either way. Memory beside image and result is small for images of any form: a padded square of
 * the image's longer side is never made.
 *
 * @param image RGB or RGBA bytes (a canvas' ImageData will do)
 * @param out where the result goes, 3 · size² bytes that are not the image's own; memory of its own if left out
 * @returns RGB bytes, length 3 · size², in `out`; an opaque image of that size already comes back as a copy, unchanged
 * @throws if the image is not one of RGB or RGBA bytes, `size` is no positive whole number, an option is wrong (`shorterSide` less than
 *   `size` among them) or `out` does not fit
 */
export function fitImage(image: InputImage, size: number, options: FitImageOptions = {}, out?: Uint8Array): Uint8Array {
  checkOptions('fitImage', options, imageFitNames);
  const channels = checkImage('fitImage', image);
  checkSize('fitImage', 'size', size);
  const { filter, padding, background, shorterSide } = completeImageFit('fitImage', options);
  if (shorterSide !== undefined && shorterSide < size) {
    throw new Error(`fitImage: shorterSide is less than the size; expected at least ${size}, got ${shorterSide}`);
  }
  if (out) checkOut('fitImage', out, 3 * size * size, image);
  const result = out ?? new Uint8Array(3 * size * size);

  const { width, height, data } = image;
  const cropped = padding === 'crop' && shorterSide === undefined ? Math.min(width, height) : undefined;
  const sourceWidth = cropped ?? width;
  const sourceHeight = cropped ?? height;
  const left = (width - sourceWidth) >> 1;
  const top = (height - sourceHeight) >> 1;
  const longer = Math.max(width, height);
  const within = (side: number) => (padding === 'letterbox' ? Math.max(1, Math.round((side * size) / longer)) : size);
  const innerWidth = within(width);
  const innerHeight = within(height);
  if (innerWidth < size || innerHeight < size) fill(result, background);
  resample(
    {
      data: new Uint8Array(data.buffer, data.byteOffset, data.length),
      channels,
      width: sourceWidth,
      height: sourceHeight,
      offset: channels * (top * width + left),
      rowBytes: channels * width,
      background,
    },
    {
      data: new Uint8ClampedArray(result.buffer, result.byteOffset, result.length),
      width: innerWidth,
      height: innerHeight,
      offset: 3 * (((size - innerHeight) >> 1) * size + ((size - innerWidth) >> 1)),
      rowBytes: 3 * size,
      ...(shorterSide !== undefined && { whole: middleOf(width, height, shorterSide, size) }),
    },
    filter,
  );
  return result;
}

/** An image whose shorter side has become `shorter`, and where its middle square of `size` begins. */
function middleOf(width: number, height: number, shorter: number, size: number) {
  const longer = (side: number, other: number) => Math.trunc((shorter * side) / other);
  const [wide, high] = width < height ? [shorter, longer(height, width)] : [longer(width, height), shorter];
  return { width: wide, height: high, left: halfOf(wide - size), top: halfOf(high - size) };
}

/** As Python rounds: a half to the even number. */
function halfOf(pixels: number): number {
  const half = pixels >> 1;
  return pixels % 2 === 0 ? half : half + (half % 2);
}

/** Background everywhere. Each copy doubles what is filled. */
function fill(out: Uint8Array, background: readonly [number, number, number]): void {
  out.set(background);
  for (let done = 3; done < out.length; done *= 2) out.copyWithin(done, 0, done);
}
