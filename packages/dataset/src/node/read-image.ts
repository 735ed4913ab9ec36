import { type FileHandle, open } from 'node:fs/promises';
import type { RgbImage } from '@kanrecon/render';
import { DatasetError } from '../dataset-error.js';
import { loadSharp } from './load-sharp.js';

/** Options of {@link readImage}. */
export interface ReadImageOptions {
  /** Width and height of the result in pixels; the image's own size (made square) when left out. */
  readonly size?: number;
  /** What lies behind transparent pixels and beside an image that is not square, RGB bytes. */
  readonly background?: readonly [number, number, number];
}

/** The study's background. */
const defaults = { background: [197, 197, 197] } as const;

/** Far beyond any photograph; keeps a small file that declares a gigantic image from eating the memory. */
const pixelLimit = 2 ** 28;
/** Likewise for the file itself; what a device such as /dev/zero gives has no end at all. */
const byteLimit = 2 ** 28;

/**
 * Decodes an image of any size and any format that sharp reads (PNG, JPEG, WebP, AVIF, TIFF, GIF, SVG): turned upright by
 * its EXIF orientation, transparency laid over the background, 8 bits of RGB.
 *
 * An image that is not square is centred on a square of the background colour (letterboxed), so that nothing of the object is
 * cut off. Resizing uses sharp's Lanczos filter.
 *
 * @param source path, or the file's bytes
 * @throws DatasetError with one problem, `missing-image` or `corrupt-image`; Error if sharp is not installed
 */
export async function readImage(source: string | Uint8Array, options: ReadImageOptions = {}): Promise<RgbImage> {
  const { size, background: rgb = defaults.background } = options;
  if (size !== undefined && (!Number.isInteger(size) || size < 1)) {
    throw new Error(`readImage: size must be a positive whole number of pixels, got ${size}`);
  }
  const sharp = await loadSharp();
  const path = typeof source === 'string' ? source : '(bytes)';
  const bytes = typeof source === 'string' ? await read(source) : source;
  const background = { r: rgb[0], g: rgb[1], b: rgb[2] };
  try {
    // rotate() without an angle follows the EXIF orientation.
    const image = sharp(bytes, { failOn: 'warning', limitInputPixels: pixelLimit }).rotate();
    const side = size ?? (await squareSide(image));
    const { data, info } = await image
      .flatten({ background })
      .resize(side, side, { fit: 'contain', background })
      .toColourspace('srgb')
      .removeAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) throw new Error(`expected 3 channels, got ${info.channels}`);
    return { width: side, height: side, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
  } catch (cause) {
    const message = reason(cause as Error);
    throw new DatasetError('readImage: unusable image', [{ path, kind: 'corrupt-image', message }], { cause });
  }
}

/**
 * What is wrong with an image. libvips collects its messages in one buffer for all threads, so the text of a decoding error may
 * belong to another image: it is left in `cause` and not shown.
 */
function reason({ message }: Error): string {
  if (/is empty/.test(message)) return 'the file is empty';
  if (/unsupported image format/.test(message)) return 'this is not an image in a format that can be read';
  if (/pixel limit/.test(message)) return `the image declares more than ${pixelLimit} pixels`;
  return 'the image is damaged';
}

async function squareSide(image: import('sharp').Sharp): Promise<number> {
  const { width, height } = await image.metadata();
  return Math.max(width, height);
}

async function read(path: string): Promise<Uint8Array> {
  let bytes: Uint8Array | undefined;
  try {
    const file = await open(path, 'r');
    bytes = await readWhole(file).finally(() => file.close());
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const message = code === 'ENOENT' ? 'there is no such file' : `the file cannot be read (${code})`;
    throw new DatasetError('readImage: unusable image', [{ path, kind: 'missing-image', message }], { cause });
  }
  if (bytes) return bytes;
  const message = `the file has more than ${byteLimit} bytes, as no image has`;
  throw new DatasetError('readImage: unusable image', [{ path, kind: 'corrupt-image', message }]);
}

/** A file's bytes, or `undefined` if there are more than {@link byteLimit}. A pipe has no size beforehand. */
async function readWhole(file: FileHandle): Promise<Uint8Array | undefined> {
  const found = await file.stat();
  if (found.isFile()) return found.size > byteLimit ? undefined : file.readFile();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of file.createReadStream({ autoClose: false, highWaterMark: 2 ** 20 })) {
    length += chunk.length;
    if (length > byteLimit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
