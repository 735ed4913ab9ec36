/** An image: RGB, row-major from the top left, three bytes a pixel, display-encoded. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  /** length 3 · width · height */
  readonly data: Uint8Array;
}

/** An image as it comes in: RGB (3 bytes a pixel) or RGBA (4), row-major from the top left, display-encoded; a canvas' ImageData is one. */
export interface InputImage {
  readonly width: number;
  readonly height: number;
  /** length 3 · width · height or 4 · width · height, which tells RGB from RGBA */
  readonly data: Uint8Array | Uint8ClampedArray;
}
