import { checkOptions } from '@kanrecon/geometry';
import { fitImage, type ImageFit, parseImageFit } from '@kanrecon/image';
import type { RgbImage } from '@kanrecon/render';
import { DatasetError } from '../dataset-error.js';
import { decodeImage } from './decode-image.js';
import { memoryLimit } from './image-memory.js';

/** Options of {@link readImage}. */
export interface ReadImageOptions {
  /** Width and height of the result in pixels; the image's own size (made square) when left out. */
  readonly size?: number;
  /**
   * How the image becomes square and what lies behind transparent pixels; what is left out is as in `imageFitDefaults` of
   * `@kanrecon/image`: Lanczos, letterboxed on the study's grey.
   */
  readonly fit?: Partial<ImageFit>;
}

/**
 * An image of any size and format as a square of 8-bit RGB: decoded by {@link decodeImage}, then fitted by `fitImage` of
 * `@kanrecon/image`, as `Reconstructor.predict` does in Node and in browsers. So training, prediction and browsers see the same pixels.
 *
 * @param source path, or the file's bytes
 * @throws DatasetError with one problem, `missing-image` or `corrupt-image`, the latter also where the square would take more than 1 GB;
 *   Error if an option is wrong or sharp is not installed
 */
export async function readImage(source: string | Uint8Array, options: ReadImageOptions = {}): Promise<RgbImage> {
  checkOptions('readImage', options, { size: 1, fit: 1 });
  const { size } = options;
  if (size !== undefined && (!Number.isInteger(size) || size < 1)) {
    throw new Error(`readImage: size must be a positive whole number of pixels, got ${size}`);
  }
  if (size !== undefined && 3 * size * size > memoryLimit) {
    throw new Error(`readImage: size is too large; expected an image of at most 1 GB, got ${size} pixels a side`);
  }
  const fit = parseImageFit(options.fit ?? {});
  const image = await decodeImage(source);
  const { width, height } = image;
  const own = fit.padding === 'crop' ? Math.min(width, height) : Math.max(width, height);
  const side = size ?? fit.shorterSide ?? own;
  const made = 3 * side * side + image.data.length;
  if (made > memoryLimit) {
    const path = typeof source === 'string' ? source : '(bytes)';
    const message = `the image is ${width} × ${height} pixels; made a square of ${side} × ${side} both would take ${(made / 1e9).toPrecision(2)} GB of memory; expected at most 1 GB`;
    throw new DatasetError('readImage: unusable image', [{ path, kind: 'corrupt-image', message }]);
  }
  return { width: side, height: side, data: fitImage(image, side, fit) };
}
