import { type KernelFunc, ResizeBilinearGrad, ResizeNearestNeighborGrad, type TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelReplacement } from '../kernel-replacement.js';
import type { KernelRuntime } from '../kernel-runtime.js';
import { requireStock } from '../require-stock.js';

/*
 * The gradients of both resizes with half-pixel centres, of which every backend of tfjs computes those without. Plain loops in
 * JavaScript. All other cases are left to the stock kernels, which are right.
 */

/** Along one axis: the two source positions of every output position, and the second one's weight. */
interface Taps {
  low: Int32Array;
  high: Int32Array;
  weight: Float64Array;
}

export const resizeBilinearGradKernel: KernelReplacement = {
  kernelName: ResizeBilinearGrad,
  create: (runtime, stock) => resizeGradient(ResizeBilinearGrad, runtime, stock, bilinearTaps),
};

export const resizeNearestNeighborGradKernel: KernelReplacement = {
  kernelName: ResizeNearestNeighborGrad,
  create: (runtime, stock) => resizeGradient(ResizeNearestNeighborGrad, runtime, stock, nearestTaps),
};

function bilinearTaps(from: number, to: number): Taps {
  const taps = { low: new Int32Array(to), high: new Int32Array(to), weight: new Float64Array(to) };
  for (let i = 0; i < to; i++) {
    const position = Math.max((from / to) * (i + 0.5) - 0.5, 0);
    taps.low[i] = Math.min(Math.floor(position), from - 1);
    taps.high[i] = Math.min(taps.low[i]! + 1, from - 1);
    taps.weight[i] = position - taps.low[i]!;
  }
  return taps;
}

function nearestTaps(from: number, to: number): Taps {
  const low = Int32Array.from({ length: to }, (_, i) => Math.min(Math.floor((from / to) * (i + 0.5)), from - 1));
  return { low, high: low, weight: new Float64Array(to) };
}

function resizeGradient(
  name: string,
  runtime: KernelRuntime,
  stock: KernelFunc | undefined,
  tapsOf: (from: number, to: number) => Taps,
): KernelFunc {
  return (args) => {
    const { images, dy } = args.inputs as { images: TensorInfo; dy: TensorInfo };
    const { halfPixelCenters } = args.attrs as unknown as { halfPixelCenters?: boolean };
    if (!halfPixelCenters || dy.dtype !== 'float32')
      return requireStock(name, stock, `values of type ${dy.dtype}`)(args);
    const [batch, height, width, channels] = images.shape as [number, number, number, number];
    const [, outHeight, outWidth] = dy.shape as [number, number, number, number];
    const result = runtime.output(images.shape);
    const [values, received] = [runtime.values(result), runtime.values(dy)];
    values.fill(0);
    const [rows, columns] = [tapsOf(height, outHeight), tapsOf(width, outWidth)];
    const addRow = (to: number, from: number, share: number) => {
      if (share === 0) return;
      for (let c = 0; c < channels; c++) values[to + c]! += share * received[from + c]!;
    };
    let from = 0;
    for (let image = 0; image < batch; image++) {
      for (let y = 0; y < outHeight; y++) {
        const top = (image * height + rows.low[y]!) * width;
        const bottom = (image * height + rows.high[y]!) * width;
        const down = rows.weight[y]!;
        for (let x = 0; x < outWidth; x++, from += channels) {
          const [left, right, across] = [columns.low[x]!, columns.high[x]!, columns.weight[x]!];
          addRow((top + left) * channels, from, (1 - down) * (1 - across));
          addRow((top + right) * channels, from, (1 - down) * across);
          addRow((bottom + left) * channels, from, down * (1 - across));
          addRow((bottom + right) * channels, from, down * across);
        }
      }
    }
    return result;
  };
}
