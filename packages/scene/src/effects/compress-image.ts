import type { RgbImage } from '@kanrecon/render';

/**
 * What JPEG does to an image, without writing one: YCbCr with halved chroma, 8 × 8 cosine transforms, quantisation, and the
 * way back (ITU-T T.81 and JFIF; the tables of its annex K, scaled by the quality as libjpeg does). What is left out, the
 * entropy coding, loses nothing. So the marks of JPEG need no codec, and are the same on every machine.
 *
 * Floating-point transforms: against libjpeg-turbo's integer ones the bytes differ by about 1 (see the test).
 */
export function compressImage({ width, height, data }: RgbImage, quality: number): void {
  const luma = new Plane(width, height);
  const chroma = [
    new Plane(Math.ceil(width / 2), Math.ceil(height / 2)),
    new Plane(Math.ceil(width / 2), Math.ceil(height / 2)),
  ];
  toPlanes(data, width, height, luma, chroma);
  quantise(luma, scaledTable(lumaTable, quality));
  const chromaSteps = scaledTable(chromaTable, quality);
  for (const plane of chroma) quantise(plane, chromaSteps);
  fromPlanes(data, width, height, luma, chroma);
}

// Steps of the quantisation at quality 50, row by row (annex K.1).
const lumaTable = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
  87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
  72, 92, 95, 98, 112, 100, 103, 99,
];
const chromaTable = [
  17,
  18,
  24,
  47,
  99,
  99,
  99,
  99,
  18,
  21,
  26,
  66,
  99,
  99,
  99,
  99,
  24,
  26,
  56,
  99,
  99,
  99,
  99,
  99,
  47,
  66,
  99,
  99,
  99,
  99,
  99,
  99,
  ...new Array<number>(32).fill(99),
];

function scaledTable(table: readonly number[], quality: number): number[] {
  const percent = quality < 50 ? Math.floor(5000 / quality) : 200 - 2 * quality;
  return table.map((step) => Math.min(255, Math.max(1, Math.floor((step * percent + 50) / 100))));
}

/** One channel, with its last row and column repeated to whole blocks of 8 × 8. */
class Plane {
  readonly stride: number;
  readonly rows: number;
  readonly values: Float64Array;
  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.stride = 8 * Math.ceil(width / 8);
    this.rows = 8 * Math.ceil(height / 8);
    this.values = new Float64Array(this.stride * this.rows);
  }

  /** Repeats the last column and row. */
  pad(): void {
    const { width, height, stride, rows, values } = this;
    for (let y = 0; y < height; y++) values.fill(values[y * stride + width - 1], y * stride + width, (y + 1) * stride);
    for (let y = height; y < rows; y++) values.copyWithin(y * stride, (height - 1) * stride, height * stride);
  }
}

function toPlanes(data: Uint8Array, width: number, height: number, luma: Plane, [blue, red]: Plane[]): void {
  const count = new Uint8Array(blue.values.length);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 3) {
      const [r, g, b] = [data[i], data[i + 1], data[i + 2]];
      luma.values[y * luma.stride + x] = Math.round(0.299 * r + 0.587 * g + 0.114 * b);
      const at = (y >> 1) * blue.stride + (x >> 1);
      blue.values[at] += 128 - 0.168736 * r - 0.331264 * g + 0.5 * b;
      red.values[at] += 128 + 0.5 * r - 0.418688 * g - 0.081312 * b;
      count[at]++;
    }
  }
  for (const { values } of [blue, red]) {
    for (let at = 0; at < values.length; at++) if (count[at] > 0) values[at] = Math.round(values[at] / count[at]);
  }
  for (const plane of [luma, blue, red]) plane.pad();
}

/** The cosine transform's matrix: row k, column x. Its inverse is its transpose. */
const cosines = Float64Array.from({ length: 64 }, (_, i) => {
  const [k, x] = [i >> 3, i & 7];
  return (k === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * k * Math.PI) / 16);
});
const inverseCosines = Float64Array.from({ length: 64 }, (_, i) => cosines[8 * (i & 7) + (i >> 3)]);

/** Every block to frequencies, to whole multiples of the steps, and back to whole numbers. */
function quantise({ values, stride, rows }: Plane, steps: readonly number[]): void {
  const block = new Float64Array(64);
  const between = new Float64Array(64);
  for (let top = 0; top < rows; top += 8) {
    for (let left = 0; left < stride; left += 8) {
      for (let i = 0; i < 64; i++) block[i] = values[(top + (i >> 3)) * stride + left + (i & 7)] - 128;
      transform(block, between, cosines);
      transform(between, block, cosines);
      for (let i = 0; i < 64; i++) block[i] = Math.round(block[i] / steps[i]) * steps[i];
      transform(block, between, inverseCosines);
      transform(between, block, inverseCosines);
      for (let i = 0; i < 64; i++) {
        const value = Math.round(block[i] + 128);
        values[(top + (i >> 3)) * stride + left + (i & 7)] = Math.min(255, Math.max(0, value));
      }
    }
  }
}

/** Transforms the rows of a block and transposes it; twice is the two-dimensional transform. Unrolled: 128 pixels take 2 ms, not 3.5. */
function transform(from: Float64Array, to: Float64Array, m: Float64Array): void {
  for (let row = 0; row < 8; row++) {
    const r = 8 * row;
    const [a, b, c, d] = [from[r], from[r + 1], from[r + 2], from[r + 3]];
    const [e, f, g, h] = [from[r + 4], from[r + 5], from[r + 6], from[r + 7]];
    for (let k = 0, at = 0, o = row; k < 8; k++, at += 8, o += 8) {
      to[o] =
        a * m[at] +
        b * m[at + 1] +
        c * m[at + 2] +
        d * m[at + 3] +
        e * m[at + 4] +
        f * m[at + 5] +
        g * m[at + 6] +
        h * m[at + 7];
    }
  }
}

/** Chroma is interpolated as libjpeg does ("fancy upsampling"): 3/4 of the nearer and 1/4 of the farther sample on each axis. */
function fromPlanes(data: Uint8Array, width: number, height: number, luma: Plane, [blue, red]: Plane[]): void {
  for (let y = 0, i = 0; y < height; y++) {
    const near = y >> 1;
    const far = Math.min(Math.max(near + (y & 1 ? 1 : -1), 0), blue.height - 1);
    for (let x = 0; x < width; x++, i += 3) {
      const column = x >> 1;
      const beside = Math.min(Math.max(column + (x & 1 ? 1 : -1), 0), blue.width - 1);
      const cb = interpolate(blue, near, far, column, beside);
      const cr = interpolate(red, near, far, column, beside);
      const grey = luma.values[y * luma.stride + x];
      data[i] = clamp(grey + 1.402 * cr);
      data[i + 1] = clamp(grey - 0.344136 * cb - 0.714136 * cr);
      data[i + 2] = clamp(grey + 1.772 * cb);
    }
  }
}

function interpolate({ values, stride }: Plane, near: number, far: number, column: number, beside: number): number {
  const [a, b] = [near * stride, far * stride];
  return (9 * values[a + column] + 3 * (values[a + beside] + values[b + column]) + values[b + beside]) / 16 - 128;
}

function clamp(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)));
}
