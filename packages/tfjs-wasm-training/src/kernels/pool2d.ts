import {
  AvgPool,
  type backend_util,
  type KernelFunc,
  MaxPool,
  MaxPoolWithArgmax,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import type { KernelReplacement } from '../kernel-replacement.js';
import type { KernelRuntime } from '../kernel-runtime.js';
import { type PoolAttributes, poolInfo } from '../pool-info.js';
import { requireFloats } from '../require-floats.js';
import { requireStock } from '../require-stock.js';
import { flatVolume, windowScratch, writeVolume } from '../volume-geometry.js';

/**
 * MaxPool. The stock kernel compares in an order in which a NaN takes other values with it: a window that begins with one is −∞, or
 * the largest but one. Here it is passed over, as by tfjs' cpu backend.
 */
export const maxPoolKernel: KernelReplacement = {
  kernelName: MaxPool,
  create: (runtime, stock) => pooling(MaxPool, runtime, stock, 'maxPool3d'),
};

/** AvgPool where the stock kernel would write a result of another size, see {@link pooling}. */
export const avgPoolKernel: KernelReplacement = {
  kernelName: AvgPool,
  create: (runtime, stock) => pooling(AvgPool, runtime, stock, 'avgPool3d'),
};

/**
 * tfjs reckons the size of a pooling with explicit padding from the window's height alone. The stock kernel has its own rule and
 * leaves rows and columns unwritten or shifted where the two differ: those cases are computed here, as the cpu backend does.
 *
 * @throws if the window does not fit into the padded image, or lies in the padding alone
 */
function pooling(
  name: string,
  runtime: KernelRuntime,
  stock: KernelFunc | undefined,
  kernel: 'maxPool3d' | 'avgPool3d',
): KernelFunc {
  return (args) => {
    const { x } = args.inputs as { x: TensorInfo };
    const info = poolInfo(x.shape, args.attrs as unknown as PoolAttributes);
    // The stock kernel divides by the number of pixels.
    if (util.sizeFromShape(info.outShape) === 0 && x.dtype === 'float32') return runtime.output(info.outShape);
    refuseEmptyWindows(name, info);
    const isStock = x.dtype !== 'float32' || (name === AvgPool && hasStockSize(info));
    if (isStock) return requireStock(name, stock, `values of type ${x.dtype}`)(args);
    const isCopy = info.filterHeight * info.filterWidth === 1 && util.arraysEqual(info.inShape, info.outShape);
    if (isCopy) return runtime.share(x);
    const result = runtime.output(info.outShape);
    runtime.kernels[kernel](
      writeVolume(runtime, flatVolume(info)),
      runtime.address(x),
      runtime.address(result),
      windowScratch(runtime, flatVolume(info)),
    );
    return result;
  };
}

function hasStockSize(info: backend_util.Conv2DInfo): boolean {
  const { top, bottom, left, right } = info.padInfo;
  const height = Math.floor((info.inHeight + top + bottom - info.effectiveFilterHeight) / info.strideHeight) + 1;
  const width = Math.floor((info.inWidth + left + right - info.effectiveFilterWidth) / info.strideWidth) + 1;
  return info.outHeight === height && info.outWidth === width;
}

/** @throws if a window may see nothing but padding: it has no mean and no largest value, and every backend answers something else */
function refuseEmptyWindows(name: string, info: backend_util.Conv2DInfo): void {
  const { top, bottom, left, right } = info.padInfo;
  if (Math.max(top, bottom) < info.effectiveFilterHeight && Math.max(left, right) < info.effectiveFilterWidth) return;
  throw new Error(
    `${name === MaxPool ? 'maxPool' : 'avgPool'}: the padding is too wide; expected less on each side than the window's ${info.effectiveFilterHeight} × ${info.effectiveFilterWidth} pixels, got ${top} and ${bottom} rows, ${left} and ${right} columns`,
  );
}

/** MaxPoolWithArgmax: the stock kernel answers 1.2e-38 and position 0 for every window whose values are all negative. */
export const maxPoolWithArgmaxKernel: KernelReplacement = {
  kernelName: MaxPoolWithArgmax,
  create: (runtime) => (args) => {
    const { x } = args.inputs as { x: TensorInfo };
    const attributes = args.attrs as unknown as PoolAttributes & { includeBatchInIndex: boolean };
    requireFloats('maxPoolWithArgmax', x);
    if (x.shape.length !== 4) {
      throw new Error(
        `maxPoolWithArgmax: x has the wrong rank; expected [batch, height, width, channels], got [${x.shape}]`,
      );
    }
    const info = poolInfo(x.shape, attributes);
    const [pooled, indexes] = [runtime.output(info.outShape), runtime.output(info.outShape, 'int32')];
    const [values, maxima] = [runtime.values(x), runtime.values(pooled)];
    const positions = new Int32Array(runtime.memory.buffer, runtime.address(indexes), maxima.length);
    const { inHeight, inWidth, inChannels } = info;
    for (let at = 0; at < maxima.length; at++) {
      const channel = at % inChannels;
      const outPixel = (at - channel) / inChannels;
      const outX = outPixel % info.outWidth;
      const outRow = (outPixel - outX) / info.outWidth;
      const outY = outRow % info.outHeight;
      const image = (outRow - outY) / info.outHeight;
      const startY = outY * info.strideHeight - info.padInfo.top;
      const startX = outX * info.strideWidth - info.padInfo.left;
      const base = image * inHeight * inWidth * inChannels;
      let most = Number.NEGATIVE_INFINITY;
      let position = -1;
      for (let y = Math.max(startY, 0); y < Math.min(startY + info.filterHeight, inHeight); y++) {
        for (let column = Math.max(startX, 0); column < Math.min(startX + info.filterWidth, inWidth); column++) {
          const within = (y * inWidth + column) * inChannels + channel;
          const value = values[base + within]!;
          // Also NaN: it is passed over, as by tfjs' other backends.
          if (!(value > most)) continue;
          most = value;
          position = within + (attributes.includeBatchInIndex ? base : 0);
        }
      }
      maxima[at] = most;
      positions[at] = position;
    }
    return [pooled, indexes];
  },
};
