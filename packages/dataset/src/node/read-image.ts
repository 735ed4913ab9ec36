import { checkOptions } from '@kanrecon/geometry';
import { fitImage, type ImageFit, parseImageFit } from '@kanrecon/image';
import type { RgbImage } from '@kanrecon/render';
import { decodeImage } from './decode-image.js';

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
 * @throws DatasetError with one problem, `missing-image` or `corrupt-image`; Error if an option is wrong or sharp is not installed
 */
export async function readImage(source: string | Uint8Array, options: ReadImageOptions = {}): Promise<RgbImage> {
  checkOptions('readImage', options, { size: 1, fit: 1 });
  const { size } = options;
  if (size !== undefined && (!Number.isInteger(size) || size < 1)) {
    throw new Error(`readImage: size must be a positive whole number of pixels, got ${size}`);
  }
  const fit = parseImageFit(options.fit ?? {});
  const image = await decodeImage(source);
  const { width, height } = image;
  const side = size ?? (fit.padding === 'crop' ? Math.min(width, height) : Math.max(width, height));
  return { width: side, height: side, data: fitImage(image, side, fit) };
}
