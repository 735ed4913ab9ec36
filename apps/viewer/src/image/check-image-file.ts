import { imageSize } from 'image-size';
import { ViewerError } from './viewer-error.js';

/** Most bytes of a file, and most pixels of an image: decoding takes four bytes a pixel. */
const most = { bytes: 100e6, pixels: 110e6 } as const;
/** Pixels below which nothing is to be seen. */
const smallest = 32;
const formats = 'PNG, JPEG, WebP, AVIF, GIF or BMP';

/**
 * Looks at a file before it is decoded: a small one may make an image that takes all memory.
 *
 * @throws ViewerError if it is no image, or too large or too small a one
 */
export function checkImageFile(name: string, bytes: Uint8Array): void {
  if (bytes.length === 0) throw new ViewerError(`“${name}” is empty; choose an image file (${formats}).`);
  checkFileBytes(name, bytes.length);
  const size = sizeOf(bytes);
  if (!size) throw new ViewerError(`“${name}” is not an image that can be read; choose a ${formats} file.`);
  checkPixels(name, size.width, size.height);
}

/** @throws ViewerError if so many bytes are too many */
export function checkFileBytes(name: string, bytes: number): void {
  if (bytes <= most.bytes) return;
  throw new ViewerError(
    `“${name}” is too large (${Math.round(bytes / 1e6)} MB); choose an image of at most ${most.bytes / 1e6} MB.`,
  );
}

/** @throws ViewerError if an image has too many or too few pixels */
export function checkPixels(name: string, width: number, height: number): void {
  const shown = `${width} × ${height} pixels`;
  if (width * height > most.pixels) {
    throw new ViewerError(
      `“${name}” is too large (${shown}); save it with at most ${most.pixels / 1e6} million pixels and try again.`,
    );
  }
  if (Math.max(width, height) < smallest) {
    throw new ViewerError(`“${name}” is too small (${shown}); choose an image of at least ${smallest} pixels.`);
  }
}

function sizeOf(bytes: Uint8Array): { width: number; height: number } | undefined {
  try {
    const { width, height } = imageSize(bytes);
    return width > 0 && height > 0 ? { width, height } : undefined;
  } catch {
    return undefined;
  }
}

/** What is said of a file that looks like an image and is none. */
export function damagedImage(name: string, cause: unknown): ViewerError {
  return new ViewerError(
    `“${name}” cannot be decoded: it is damaged, or of a kind that this browser does not know; save it anew as PNG or JPEG.`,
    { cause },
  );
}
