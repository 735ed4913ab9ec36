import { checkBytes, typeOf } from './check-bytes.js';
import type { InputImage } from './rgb-image.js';

/**
 * Bytes a pixel of an image, after a look at everything that can be wrong with it; `caller` begins the errors.
 *
 * @throws if the size is not of whole positive numbers, the data are no bytes, or of another length than the size asks for
 */
export function checkImage(caller: string, image: InputImage): 3 | 4 {
  if (typeof image !== 'object' || image === null) {
    throw new Error(`${caller}: the image is none; expected { width, height, data }, got ${image}`);
  }
  const { width, height, data } = image;
  if (!isSize(width) || !isSize(height)) {
    throw new Error(
      `${caller}: the image's size is wrong; expected positive whole numbers of pixels, got ${width} × ${height}`,
    );
  }
  checkBytes(caller, "the image's data", data);
  const channels = data.length / (width * height);
  if (channels === 3 || channels === 4) return channels;
  throw new Error(
    `${caller}: the image's size does not fit its data; expected width × height × 3 (RGB) or × 4 (RGBA) bytes, got ${width} × ${height} and ${data.length} bytes`,
  );
}

/** @throws if `value` is not a positive whole number */
export function checkSize(caller: string, name: string, value: number): void {
  if (isSize(value)) return;
  throw new Error(`${caller}: the ${name} is wrong; expected a positive whole number of pixels, got ${value}`);
}

/** @throws if `out` is no Uint8Array of `length` bytes, or shares bytes with the image, which would be overwritten while it is read */
export function checkOut(caller: string, out: Uint8Array, length: number, { data }: InputImage): void {
  const type = typeOf(out);
  if (type !== 'Uint8Array' || out.length !== length) {
    throw new Error(
      `${caller}: out is wrong; expected a Uint8Array of length ${length}, got ${type} of ${out?.length}`,
    );
  }
  if (
    out.buffer === data.buffer &&
    out.byteOffset < data.byteOffset + data.byteLength &&
    data.byteOffset < out.byteOffset + out.byteLength
  ) {
    throw new Error(`${caller}: out is wrong; expected memory of its own, got memory of the image`);
  }
}

function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}
