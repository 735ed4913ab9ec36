import type { RgbImage } from './rendering.js';

/**
 * Refuses numbers that are no bytes: they would be read as bytes all the same, and a picture of floats in [0, 1] would be black.
 *
 * @param what what the data are, as "the image's data"
 * @throws if the data are neither a Uint8Array (a Buffer of Node.js is one) nor a Uint8ClampedArray
 */
export function checkBytes(caller: string, what: string, data: unknown): void {
  // By tag rather than class: an array from another frame or worker is of another class.
  const type = Object.prototype.toString.call(data).slice(8, -1);
  if (type === 'Uint8Array' || type === 'Uint8ClampedArray') return;
  const remedy = /^Float/.test(type)
    ? ' (values in [0, 1] are to be multiplied by 255 and rounded first)'
    : type === 'Uint16Array'
      ? ' (values of 16 bits are to be divided by 257 and rounded first)'
      : '';
  throw new Error(`${caller}: ${what} are no bytes; expected a Uint8Array or Uint8ClampedArray, got ${type}${remedy}`);
}

/** @throws if an image is not one of RGB bytes, as many as its size asks for; `caller` begins the errors */
export function checkRgbImage(caller: string, { width, height, data }: RgbImage): void {
  checkBytes(caller, "the image's data", data);
  if (Number.isSafeInteger(width) && width > 0 && Number.isSafeInteger(height) && data.length === 3 * width * height) {
    return;
  }
  throw new Error(
    `${caller}: the image's size does not fit its data; expected width × height × 3 bytes (RGB), got ${width} × ${height} and ${data.length} bytes`,
  );
}
