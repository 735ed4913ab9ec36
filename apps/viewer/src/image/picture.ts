/** An image as the page and its workers hand it to each other: RGB bytes, row-major. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}
