/** An image: RGB, row-major from the top left, three bytes a pixel, display-encoded. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  /** length 3 · width · height */
  readonly data: Uint8Array;
}

/** What the render functions return. */
export interface Rendering {
  readonly image: RgbImage;
  /** How much of each pixel the objects cover, 0 to 255; length width · height. */
  readonly coverage: Uint8Array;
  /**
   * Distance along the viewing axis of each pixel's surface, in the object's units, Infinity where there is none; length
   * width · height. Only with the option `depth: true`.
   */
  readonly depth?: Float32Array;
}
