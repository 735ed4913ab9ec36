import { JpegPlane, toFrequencies } from '@kanrecon/scene';

/**
 * A picture as JPEG sees it: the frequencies of its blocks of 8 × 8, of luma and, at half the size, of the two chromas. Linear but for a
 * constant. Chroma is blurred as its interpolation blurs it in an image that was read from a file.
 */
export class JpegFrequencies {
  /** Frequencies of all planes. */
  readonly length: number;
  private readonly luma: JpegPlane;
  private readonly chroma: readonly [JpegPlane, JpegPlane];
  private readonly chromaKept: Float64Array;

  /**
   * @param size of the picture, in pixels
   * @param kept [size, size], 0 where a pixel is not to count
   */
  constructor(
    readonly size: number,
    private readonly kept: Uint8Array,
  ) {
    const half = Math.ceil(size / 2);
    this.luma = new JpegPlane(size, size);
    this.chroma = [new JpegPlane(half, half), new JpegPlane(half, half)];
    this.length = this.luma.values.length + 2 * this.chroma[0].values.length;
    // A chroma value is of four pixels, and by the interpolation of those of the values beside it.
    this.chromaKept = Float64Array.from({ length: half * half }, (_, at) => {
      const [x, y] = [2 * (at % half), 2 * Math.floor(at / half)];
      for (let j = Math.max(0, y - 2); j < Math.min(size, y + 4); j++) {
        for (let i = Math.max(0, x - 2); i < Math.min(size, x + 4); i++) if (kept[j * size + i] === 0) return 0;
      }
      return 1;
    });
  }

  /**
   * @param pixels [size, size, 3], 0 to 255
   * @param decoded whether they were read from a JPEG, so that chroma is blurred already
   */
  of(pixels: ArrayLike<number>, decoded: boolean): Float32Array {
    this.fill(pixels);
    const { luma, chroma } = this;
    for (const plane of chroma) {
      if (!decoded) interpolated(plane);
      for (let y = 0, at = 0; y < plane.height; y++) {
        for (let x = 0; x < plane.width; x++, at++) plane.values[y * plane.stride + x]! *= this.chromaKept[at]!;
      }
    }
    const found = new Float32Array(this.length);
    let offset = 0;
    for (const plane of [luma, ...chroma]) {
      plane.pad();
      toFrequencies(plane);
      found.set(plane.values, offset);
      offset += plane.values.length;
    }
    return found;
  }

  /** By frequency: luma or chroma, its place in the block, 0 to 63, and which block it is of. */
  *places(): Generator<{ readonly plane: 0 | 1 | 2; readonly frequency: number; readonly block: number }> {
    let first = 0;
    for (const [plane, { stride, values }] of [this.luma, ...this.chroma].entries()) {
      for (let i = 0; i < values.length; i++) {
        const [x, y] = [i % stride, Math.floor(i / stride)];
        const block = first + (y >> 3) * (stride >> 3) + (x >> 3);
        yield { plane: plane as 0 | 1 | 2, frequency: 8 * (y & 7) + (x & 7), block };
      }
      first += values.length >> 6;
    }
  }

  /** Mean over a luma block's or chroma block's pixels, by block as in {@link places}. @param values [size, size, 3] */
  meanByBlock(values: ArrayLike<number>): Float64Array {
    const { luma, chroma, size } = this;
    const across = luma.stride >> 3;
    const wide = chroma[0].stride >> 3;
    const blocks = across * (luma.rows >> 3);
    const each = wide * (chroma[0].rows >> 3);
    const sums = new Float64Array(blocks + 2 * each);
    const counts = new Float64Array(sums.length);
    for (let pixel = 0; pixel < size * size; pixel++) {
      const [x, y] = [pixel % size, Math.floor(pixel / size)];
      const mean = (values[3 * pixel]! + values[3 * pixel + 1]! + values[3 * pixel + 2]!) / 3;
      const beside = blocks + (y >> 4) * wide + (x >> 4);
      for (const block of [(y >> 3) * across + (x >> 3), beside, beside + each]) {
        sums[block]! += mean;
        counts[block]!++;
      }
    }
    return sums.map((sum, block) => sum / Math.max(1, counts[block]!));
  }

  private fill(pixels: ArrayLike<number>): void {
    const { luma, chroma, size, kept } = this;
    const [blue, red] = chroma;
    blue.values.fill(0);
    red.values.fill(0);
    for (let y = 0, pixel = 0; y < size; y++) {
      for (let x = 0; x < size; x++, pixel++) {
        const [r, g, b] = [pixels[3 * pixel]!, pixels[3 * pixel + 1]!, pixels[3 * pixel + 2]!];
        luma.values[y * luma.stride + x] = kept[pixel] === 0 ? 0 : 0.299 * r + 0.587 * g + 0.114 * b - 128;
        const at = (y >> 1) * blue.stride + (x >> 1);
        const share = 1 / ((Math.min(size, (x | 1) + 1) - (x & ~1)) * (Math.min(size, (y | 1) + 1) - (y & ~1)));
        blue.values[at]! += share * (-0.168736 * r - 0.331264 * g + 0.5 * b);
        red.values[at]! += share * (0.5 * r - 0.418688 * g - 0.081312 * b);
      }
    }
  }
}

/** What is left of a plane after it was made twice as large, 3/4 of the nearer and 1/4 of the farther sample, and averaged again. */
function interpolated({ values, width, height, stride }: JpegPlane): void {
  const line = new Float64Array(Math.max(width, height));
  const blur = (from: number, step: number, length: number) => {
    for (let i = 0; i < length; i++) {
      const [before, after] = [Math.max(0, i - 1), Math.min(length - 1, i + 1)];
      line[i] =
        0.75 * values[from + step * i]! + 0.125 * (values[from + step * before]! + values[from + step * after]!);
    }
    for (let i = 0; i < length; i++) values[from + step * i] = line[i]!;
  };
  for (let y = 0; y < height; y++) blur(y * stride, 1, width);
  for (let x = 0; x < width; x++) blur(x, stride, height);
}
