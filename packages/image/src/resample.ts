import { type FilterWeights, FRACTION_BITS, filterWeights } from './filter-weights.js';
import type { ImageFilter } from './image-fit.js';

// Tried, Node 20, milliseconds for the two passes over 618 × 618 to 224 × 224 (4000 × 3000 to 224 × 168), Lanczos:
//   rows: one output pixel at a time, the three channels together                                     4.7 (132)
//         the same with float64 sums                                                                  4.7 (134)
//         two rows at once, sharing the weights                                                       4.2 (120)
//         two source pixels at a time: taken                                                          4.3 (116)
//   columns: one output pixel at a time, three channels together: taken                               1.6 (7.6)
//         four bytes at a time                                                                        1.6 (10.1)
//         whole rows added up in an Int32Array, four source rows at a time                            1.8 (8.3)
// Storing to a Uint8ClampedArray clips as fast as comparing does. Inputs are always seen as Uint8Array and outputs as Uint8ClampedArray:
// code that meets both kinds in one place is several times slower in V8.

/** A rectangle of RGB or RGBA pixels to read. */
export interface Source {
  readonly data: Uint8Array;
  readonly channels: 3 | 4;
  readonly width: number;
  readonly height: number;
  /** Where the rectangle's first pixel is in the data, and how far it is from one row to the next, in bytes. */
  readonly offset: number;
  readonly rowBytes: number;
  /** What lies behind transparent pixels. */
  readonly background: readonly [number, number, number];
}

/** A rectangle of RGB pixels to write. */
export interface Target {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  readonly offset: number;
  readonly rowBytes: number;
  /** Where the target is a part of what the source becomes: the size of the whole, and where the part begins in it. */
  readonly whole?: { readonly width: number; readonly height: number; readonly left: number; readonly top: number };
}

const half = 1 << (FRACTION_BITS - 1);

/**
 * Fills the target with the source, resized as Pillow's `Image.resize` does it: rows first, rounded and clipped to bytes, then columns,
 * rounded and clipped; an axis that keeps its size is left alone. Sums are of 32-bit whole numbers and never leave their range: the
 * positive weights of a pixel add up to less than 1.5 · 2²².
 *
 * Rows are made as the columns ask for them, and kept as long as they do: beside source and target it needs the memory of as many rows
 * of the target as one of its pixels takes source rows, and a quarter more.
 */
export function resample(source: Source, target: Target, filter: ImageFilter): void {
  const { width, height, left, top } = target.whole ?? { ...target, left: 0, top: 0 };
  const readRow = rowReader(source, { left, count: target.width, of: width }, filter);
  if (source.height === height) {
    for (let y = 0; y < target.height; y++) readRow(top + y, target.data, target.offset + y * target.rowBytes);
    return;
  }
  const table = filterWeights(source.height, height, filter, top, target.height);
  const bytes = 3 * target.width;
  // With some room to spare, rows that are still wanted need not be moved each time.
  const capacity = Math.min(source.height, table.window + (table.window >> 2) + 16);
  const memory = new ArrayBuffer(capacity * bytes);
  const written = new Uint8ClampedArray(memory);
  const rows = new Uint8Array(memory);
  let first = table.starts[0]; // rows first … next − 1 of the source are in memory
  let next = first;
  for (let y = 0; y < target.height; y++) {
    const start = table.starts[y];
    for (const end = start + table.counts[y]; next < end; next++) {
      if (next - first === capacity) {
        const keep = Math.min(start, next);
        rows.copyWithin(0, (keep - first) * bytes, capacity * bytes);
        first = keep;
      }
      readRow(next, written, (next - first) * bytes);
    }
    sumRows(rows, (start - first) * bytes, bytes, table, y, target.data, target.offset + y * target.rowBytes);
  }
}

type ReadRow = (y: number, out: Uint8ClampedArray, at: number) => void;

/** Writes a row of the source, transparency laid over the background and resized to `of` pixels, of which `count` from `left` on. */
function rowReader(
  source: Source,
  { left, count, of }: { left: number; count: number; of: number },
  filter: ImageFilter,
): ReadRow {
  const { data, channels, offset, rowBytes } = source;
  const from = (y: number) => offset + y * rowBytes;
  if (source.width === of) {
    const part = { ...source, width: count };
    if (channels === 4) return (y, out, at) => flattenRow(part, from(y) + 4 * left, out, at);
    return (y, out, at) => out.set(data.subarray(from(y) + 3 * left, from(y) + 3 * (left + count)), at);
  }
  const table = filterWeights(source.width, of, filter, left, count);
  if (channels === 3) return (y, out, at) => resampleRow(data, from(y), table, out, at);
  const memory = new ArrayBuffer(3 * source.width);
  const written = new Uint8ClampedArray(memory);
  const row = new Uint8Array(memory);
  return (y, out, at) => {
    flattenRow(source, from(y), written, 0);
    resampleRow(row, 0, table, out, at);
  };
}

/** An RGBA row over the background, rounded. */
function flattenRow({ data, width, background }: Source, from: number, out: Uint8ClampedArray, at: number): void {
  const [red, green, blue] = background;
  for (let x = 0, i = from, o = at; x < width; x++, i += 4, o += 3) {
    const alpha = data[i + 3];
    const rest = 255 - alpha;
    // The store rounds; a half never comes up, as 255 is odd.
    out[o] = (data[i] * alpha + red * rest) / 255;
    out[o + 1] = (data[i + 1] * alpha + green * rest) / 255;
    out[o + 2] = (data[i + 2] * alpha + blue * rest) / 255;
  }
}

/** Resizes one RGB row. */
function resampleRow(
  row: Uint8Array,
  from: number,
  { starts, counts, weights, stride }: FilterWeights,
  out: Uint8ClampedArray,
  at: number,
): void {
  for (let x = 0, o = at; x < starts.length; x++, o += 3) {
    let r = half;
    let g = half;
    let b = half;
    let i = from + 3 * starts[x];
    let k = x * stride;
    const end = k + counts[x];
    for (; k + 1 < end; k += 2, i += 6) {
      const v = weights[k];
      const w = weights[k + 1];
      r = (r + Math.imul(v, row[i]) + Math.imul(w, row[i + 3])) | 0;
      g = (g + Math.imul(v, row[i + 1]) + Math.imul(w, row[i + 4])) | 0;
      b = (b + Math.imul(v, row[i + 2]) + Math.imul(w, row[i + 5])) | 0;
    }
    if (k < end) {
      const w = weights[k];
      r = (r + Math.imul(w, row[i])) | 0;
      g = (g + Math.imul(w, row[i + 1])) | 0;
      b = (b + Math.imul(w, row[i + 2])) | 0;
    }
    out[o] = r >> FRACTION_BITS;
    out[o + 1] = g >> FRACTION_BITS;
    out[o + 2] = b >> FRACTION_BITS;
  }
}

/** One row of the target: the weighted sum of the rows that begin at `from`, of `bytes` bytes each. */
function sumRows(
  rows: Uint8Array,
  from: number,
  bytes: number,
  { counts, weights, stride }: FilterWeights,
  y: number,
  out: Uint8ClampedArray,
  at: number,
): void {
  const begin = y * stride;
  const end = begin + counts[y];
  for (let x = 0, o = at; x < bytes; x += 3, o += 3) {
    let r = half;
    let g = half;
    let b = half;
    for (let k = begin, i = from + x; k < end; k++, i += bytes) {
      const w = weights[k];
      r = (r + Math.imul(w, rows[i])) | 0;
      g = (g + Math.imul(w, rows[i + 1])) | 0;
      b = (b + Math.imul(w, rows[i + 2])) | 0;
    }
    out[o] = r >> FRACTION_BITS;
    out[o + 1] = g >> FRACTION_BITS;
    out[o + 2] = b >> FRACTION_BITS;
  }
}
