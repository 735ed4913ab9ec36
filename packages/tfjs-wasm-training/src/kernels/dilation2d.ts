import {
  backend_util,
  Dilation2D,
  Dilation2DBackpropFilter,
  Dilation2DBackpropInput,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { withDtype } from '../convert-dtype.js';
import type { KernelReplacement } from '../kernel-replacement.js';
import type { KernelRuntime } from '../kernel-runtime.js';
import { requireFloats } from '../require-floats.js';
import { requireStock } from '../require-stock.js';

/*
 * Morphological dilation: y[p] = max over taps of x[p + tap] + filter[tap]. The stock kernels, like their max pooling, take the
 * smallest positive number for the smallest one, so windows whose sums are all negative come out as 1.2e-38 and send their
 * gradient to the wrong place. Plain loops in JavaScript, as fast as the stock ones: hardly anybody trains with it.
 */

interface DilationAttributes {
  strides: number | [number, number];
  pad: 'valid' | 'same' | number;
  dilations: number | [number, number];
}

export const dilation2dKernel: KernelReplacement = {
  kernelName: Dilation2D,
  create: (runtime, stock) => (args) => {
    const { x, filter } = args.inputs as { x: TensorInfo; filter: TensorInfo };
    if (areIntegers(x, filter)) return requireStock(Dilation2D, stock, `values of type ${x.dtype}`)(args);
    requireFloats('dilation2d', x);
    const info = dilationInfo(x, filter, args.attrs as unknown as DilationAttributes);
    return withDtype(runtime, { filter }, 'float32', (floats) => {
      const result = runtime.output(info.outShape);
      const values = runtime.values(result);
      eachMaximum(runtime, x, floats.filter, info, (at, most) => {
        values[at] = most;
      });
      return result;
    });
  },
};

export const dilation2dInputGradKernel: KernelReplacement = {
  kernelName: Dilation2DBackpropInput,
  create: (runtime, stock) => gradient(runtime, stock, Dilation2DBackpropInput, 'x'),
};

export const dilation2dFilterGradKernel: KernelReplacement = {
  kernelName: Dilation2DBackpropFilter,
  create: (runtime, stock) => gradient(runtime, stock, Dilation2DBackpropFilter, 'filter'),
};

function gradient(
  runtime: KernelRuntime,
  stock: Parameters<KernelReplacement['create']>[1],
  name: string,
  of: 'x' | 'filter',
): ReturnType<KernelReplacement['create']> {
  return (args) => {
    const { x, filter, dy } = args.inputs as { x: TensorInfo; filter: TensorInfo; dy: TensorInfo };
    if (areIntegers(x, filter)) return requireStock(name, stock, `values of type ${x.dtype}`)(args);
    requireFloats('dilation2d', x);
    const info = dilationInfo(x, filter, args.attrs as unknown as DilationAttributes);
    return withDtype(runtime, { filter, dy }, 'float32', (floats) => {
      const result = runtime.output((of === 'x' ? x : filter).shape);
      const [values, received] = [runtime.values(result), runtime.values(floats.dy)];
      values.fill(0);
      eachMaximum(runtime, x, floats.filter, info, (at, _, inputAt, filterAt) => {
        const to = of === 'x' ? inputAt : filterAt;
        if (to >= 0) values[to]! += received[at]!;
      });
      return result;
    });
  };
}

/** Those the stock kernels compute rightly. */
function areIntegers(x: TensorInfo, filter: TensorInfo): boolean {
  return x.dtype === 'int32' && filter.dtype === 'int32';
}

/** For every output its maximum, and where in x and in the filter the first one lies (−1: the window is outside). */
function eachMaximum(
  runtime: KernelRuntime,
  x: TensorInfo,
  filter: TensorInfo,
  info: backend_util.Conv2DInfo,
  visit: (at: number, most: number, inputAt: number, filterAt: number) => void,
): void {
  const [input, weights] = [runtime.values(x), runtime.values(filter)];
  const { inHeight, inWidth, inChannels, filterHeight, filterWidth } = info;
  let at = 0;
  for (let image = 0; image < info.batchSize; image++) {
    for (let outY = 0; outY < info.outHeight; outY++) {
      const startY = outY * info.strideHeight - info.padInfo.top;
      for (let outX = 0; outX < info.outWidth; outX++) {
        const startX = outX * info.strideWidth - info.padInfo.left;
        for (let channel = 0; channel < inChannels; channel++, at++) {
          let [most, inputAt, filterAt] = [Number.NEGATIVE_INFINITY, -1, -1];
          for (let h = 0; h < filterHeight; h++) {
            const y = startY + h * info.dilationHeight;
            if (y < 0 || y >= inHeight) continue;
            for (let w = 0; w < filterWidth; w++) {
              const column = startX + w * info.dilationWidth;
              if (column < 0 || column >= inWidth) continue;
              const from = ((image * inHeight + y) * inWidth + column) * inChannels + channel;
              const tap = (h * filterWidth + w) * inChannels + channel;
              const sum = input[from]! + weights[tap]!;
              // A NaN wins, and nothing wins over it.
              if (sum > most || (Number.isNaN(sum) && !Number.isNaN(most)) || inputAt < 0) {
                [most, inputAt, filterAt] = [sum, from, tap];
              }
            }
          }
          visit(at, most, inputAt, filterAt);
        }
      }
    }
  }
}

function dilationInfo(x: TensorInfo, filter: TensorInfo, { strides, pad, dilations }: DilationAttributes) {
  return backend_util.computeDilation2DInfo(
    x.shape as [number, number, number, number],
    filter.shape as [number, number, number],
    strides,
    pad,
    'NHWC',
    dilations,
  );
}
