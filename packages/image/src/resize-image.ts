import { checkImage, checkOut, checkSize } from './check-image.js';
import { checkOptions } from './check-options.js';
import { checkFilter, type ImageFilter, imageFitDefaults } from './image-fit.js';
import { resample } from './resample.js';
import type { InputImage, RgbImage } from './rgb-image.js';

/** Options of {@link resizeImage}. */
export interface ResizeImageOptions {
  readonly filter?: ImageFilter;
}

const defaults: Required<ResizeImageOptions> = { filter: imageFitDefaults.filter };

/**
 * Resizes an RGB image to any width and height, byte for byte as Pillow's `Image.resize` of the same filter (src/libImaging/Resample.c):
 * the filter widens as the image shrinks, so that every source pixel counts, and it interpolates when the image grows.
 *
 * Weights are whole multiples of 2⁻²², as Pillow's are; where one pixel is made of more than some 10,000 in a row, that begins to
 * show (30,000 equal pixels of brightness b become b · 1.001).
 *
 * @param image RGB bytes; `fitImage` also takes RGBA
 * @param out where the result goes, 3 · width · height bytes that are not the image's own; memory of its own if left out
 * @returns the resized image, its data in `out`; an image of that size already comes back as a copy
 * @throws if the image is not one of RGB bytes, a size is no positive whole number, the filter is unknown or `out` does not fit
 */
export function resizeImage(
  image: InputImage,
  width: number,
  height: number,
  options: ResizeImageOptions = {},
  out?: Uint8Array,
): RgbImage {
  checkOptions('resizeImage', options, defaults);
  const { filter = defaults.filter } = options;
  if (checkImage('resizeImage', image) !== 3) {
    throw new Error(
      'resizeImage: the image is wrong; expected RGB, got RGBA (fitImage lays transparency over a background)',
    );
  }
  checkSize('resizeImage', 'width', width);
  checkSize('resizeImage', 'height', height);
  checkFilter('resizeImage', filter);
  if (out) checkOut('resizeImage', out, 3 * width * height, image);
  const data = out ?? new Uint8Array(3 * width * height);
  const { buffer, byteOffset, length } = image.data;
  resample(
    {
      data: new Uint8Array(buffer, byteOffset, length),
      channels: 3,
      width: image.width,
      height: image.height,
      offset: 0,
      rowBytes: 3 * image.width,
      background: imageFitDefaults.background,
    },
    {
      data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.length),
      width,
      height,
      offset: 0,
      rowBytes: 3 * width,
    },
    filter,
  );
  return { width, height, data };
}
