import { type FileHandle, open } from 'node:fs/promises';
import { checkBytes, checkOptions, type InputImage } from '@kanrecon/image';
import { DatasetError } from '../dataset-error.js';
import { explainUnreadable } from './explain-unreadable.js';
import { type FileFormat, fileFormat, readableFormats } from './image-format.js';
import { decodingMemory, pixelLimit, withMemory } from './image-memory.js';
import { loadSharp, type Sharp } from './load-sharp.js';

/** Bytes of a file; beyond any photograph, and what a device such as /dev/zero gives has no end at all. */
const byteLimit = 2 ** 28;

/** Options of {@link decodeImage}. */
export interface DecodeImageOptions {
  /** Name of the image in messages, where bytes are given; the path where one is. */
  readonly name?: string;
  /**
   * Told of a JPEG that breaks its format's rules but can be shown to the end, as every viewer does: some cameras write such, and some
   * damaged files look so. Without it such an image is refused.
   */
  readonly onWarning?: (message: string) => void;
}

/**
 * Decodes an image of any size and any format that sharp reads (PNG, JPEG, WebP, AVIF, TIFF, GIF, SVG) to 8 bits a channel at its own
 * size: turned upright by its EXIF orientation, in sRGB, with its transparency if it has any. The whole image is in memory then, three
 * or four bytes a pixel, and up to 8 while it is decoded: at most 1 GB, of the largest image that is let in (110 million pixels). Large
 * images are decoded one after the other.
 *
 * JPEG decoders can give a half, a quarter or an eighth of the size for less time. Not used: those pixels are not what `fitImage` makes
 * of the whole image, so that a browser, which decodes whole images, would see others.
 *
 * @param source path, or the file's bytes
 * @returns RGB, or RGBA where the file has transparency, rows from the top
 * @throws DatasetError with one problem, `missing-image` or `corrupt-image`; Error if sharp is not installed
 */
export async function decodeImage(source: string | Uint8Array, options: DecodeImageOptions = {}): Promise<InputImage> {
  checkOptions('decodeImage', options, { name: 1, onWarning: 1 });
  // Numbers of other types would be read by their bytes.
  if (typeof source !== 'string') checkBytes('decodeImage', "the file's contents", source);
  const { name, onWarning } = options;
  const path = name ?? (typeof source === 'string' ? source : '(bytes)');
  const unusable = (message: string, cause?: unknown) =>
    new DatasetError('decodeImage: unusable image', [{ path, kind: 'corrupt-image', message }], { cause });
  const sharp = await loadSharp();
  const bytes = typeof source === 'string' ? await read(source) : source;
  if (bytes.byteLength === 0) throw unusable('the file is empty');
  const format = fileFormat(bytes, path);
  // sharp would show a raw image's small preview.
  if (format && !format.readable)
    throw unusable(`this is ${format.name}, which cannot be read; save it as ${readableFormats}`);
  const decode = async (failOn: 'warning' | 'error'): Promise<InputImage> => {
    // rotate() without an angle follows the EXIF orientation.
    const image = sharp(bytes, { failOn, limitInputPixels: pixelLimit });
    const { data, info } = await withMemory(await decodingMemory(image), () =>
      image.rotate().toColourspace('srgb').raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true }),
    );
    const { width, height, channels } = info;
    if (channels !== 3 && channels !== 4) throw new Error(`expected 3 or 4 channels, got ${channels}`);
    return { width, height, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
  };
  try {
    return await decode('warning');
  } catch (cause) {
    // What a JPEG warns of is shown by every viewer; what other formats warn of is damage.
    const shown = format?.name === 'a JPEG image' ? await decode('error').catch(() => undefined) : undefined;
    if (!shown) throw unusable(await reason(sharp, bytes, format), cause);
    if (!onWarning)
      throw unusable('its JPEG data break the rules of the format; if it looks right, save it anew', cause);
    onWarning(
      'its JPEG data break the rules of the format, as damaged files and those of some cameras do; see that it looks right',
    );
    return shown;
  }
}

/**
 * What is wrong with bytes that could not be decoded, by what they are. libvips collects its messages in one buffer for all threads, so
 * the text of a decoding error may belong to another image: it is left in `cause` and neither shown nor asked.
 */
async function reason(sharp: Sharp, bytes: Uint8Array, format: FileFormat | undefined): Promise<string> {
  if (!format) return `this is not an image in a format that can be read; expected ${readableFormats}`;
  const declared = sharp(bytes, { limitInputPixels: false });
  const { width, height } = await declared.metadata().catch(() => ({ width: 0, height: 0 }));
  if (width * height > pixelLimit)
    return `the image has more than ${pixelLimit / 1e6} million pixels, as many as 1 GB of memory can decode`;
  return 'the image is damaged';
}

async function read(path: string): Promise<Uint8Array> {
  let bytes: Uint8Array | undefined;
  try {
    const file = await open(path, 'r');
    bytes = await readWhole(file).finally(() => file.close());
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const message = missing ? 'there is no such file' : `the file cannot be read: ${explainUnreadable(cause)}`;
    throw new DatasetError('decodeImage: unusable image', [{ path, kind: 'missing-image', message }], { cause });
  }
  if (bytes) return bytes;
  const message = `the file has more than ${byteLimit} bytes, as no image has`;
  throw new DatasetError('decodeImage: unusable image', [{ path, kind: 'corrupt-image', message }]);
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
