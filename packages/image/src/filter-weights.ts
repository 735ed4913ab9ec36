import type { ImageFilter } from './image-fit.js';

/** What each pixel of a resized row (or column) takes from the source's, in fixed point. */
export interface FilterWeights {
  /** First source pixel of each output pixel. */
  readonly starts: Int32Array;
  /** How many source pixels count. */
  readonly counts: Int32Array;
  /** [output pixel, {@link stride}]: weights · 2²², of sum 2²² but for rounding. */
  readonly weights: Int32Array;
  readonly stride: number;
  /** The largest count. */
  readonly window: number;
}

/** Bits after the point. A byte (8 bits), a sign and a sum of weights that overshoots 1 fit beside them into 32. */
export const FRACTION_BITS = 22;

/** Tables stay here until as many others were asked for: images of a data set are mostly of one size. */
const keptTables = 16;
/** A larger table is quickly made beside the work that it is for. */
const keptWeights = 2 ** 18;
const tables = new Map<string, FilterWeights>();

/**
 * The weights that bring a row of `from` pixels to `to`, of which `count` pixels from `first` on are wanted; computed once, and shared, so
 * not to be written to.
 */
export function filterWeights(
  from: number,
  to: number,
  filter: ImageFilter,
  first = 0,
  count: number = to,
): FilterWeights {
  const key = `${from} ${to} ${filter} ${first} ${count}`;
  const known = tables.get(key);
  const table = known ?? computeWeights(from, to, filter, first, count);
  if (table.weights.length > keptWeights) return table;
  tables.delete(key);
  tables.set(key, table);
  if (tables.size > keptTables) tables.delete(tables.keys().next().value as string);
  return table;
}

/**
 * As Pillow computes them (`precompute_coeffs` and `normalize_coeffs_8bpc` in src/libImaging/Resample.c), operation by operation: the
 * filter is widened by the shrink factor, cut off at the image's ends, and normalised.
 */
function computeWeights(from: number, to: number, filter: ImageFilter, first: number, wanted: number): FilterWeights {
  const { radius, weigh } = kernels[filter];
  const scale = from / to;
  const widening = Math.max(1, scale);
  const narrowing = 1 / widening;
  const support = radius * widening;
  const stride = 2 * Math.ceil(support) + 1;
  const starts = new Int32Array(wanted);
  const counts = new Int32Array(wanted);
  const weights = new Int32Array(wanted * stride);
  const exact = new Float64Array(stride);
  let window = 0;
  for (let o = 0; o < wanted; o++) {
    const center = (first + o + 0.5) * scale;
    const start = Math.max(0, Math.trunc(center - support + 0.5));
    const count = Math.min(from, Math.trunc(center + support + 0.5)) - start;
    let sum = 0;
    for (let k = 0; k < count; k++) {
      exact[k] = weigh((k + start - center + 0.5) * narrowing);
      sum += exact[k];
    }
    for (let k = 0; k < count; k++) {
      const fixed = (exact[k] / sum) * 2 ** FRACTION_BITS;
      weights[o * stride + k] = fixed < 0 ? fixed - 0.5 : fixed + 0.5; // the store cuts off towards zero
    }
    starts[o] = start;
    counts[o] = count;
    window = Math.max(window, count);
  }
  return { starts, counts, weights, stride, window };
}

/** Each filter's reach to either side and its value at x, in source pixels when nothing shrinks. */
const kernels: Record<ImageFilter, { radius: number; weigh: (x: number) => number }> = {
  box: { radius: 0.5, weigh: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  bilinear: { radius: 1, weigh: (x) => Math.max(0, 1 - Math.abs(x)) },
  bicubic: { radius: 2, weigh: (x) => bicubic(Math.abs(x)) },
  lanczos: { radius: 3, weigh: (x) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0) },
};

/** Keys' cubic convolution with a = −0.5. */
function bicubic(x: number): number {
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? (((x - 5) * x + 8) * x - 4) * -0.5 : 0;
}

function sinc(x: number): number {
  if (x === 0) return 1;
  const angle = x * Math.PI;
  return Math.sin(angle) / angle;
}
