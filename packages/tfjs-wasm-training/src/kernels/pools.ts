import { AvgPool, type backend_util, MaxPool, type TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelReplacement } from '../kernel-replacement.js';
import { type PoolAttributes, poolInfo } from '../pool-info.js';
import { requireStock } from '../require-stock.js';

/** MaxPool and AvgPool of the backend, which are wrong where a number as padding meets a size that is rounded up: padded side by side. */
export const maxPoolKernel = roundingPool(MaxPool);
export const avgPoolKernel = roundingPool(AvgPool);

function roundingPool(kernelName: string): KernelReplacement {
  return {
    kernelName,
    create: (_runtime, stock) => (args) => {
      const kernel = requireStock(kernelName, stock, 'this pooling');
      const { dimRoundingMode, ...attributes } = args.attrs as unknown as PoolAttributes;
      const { pad } = attributes;
      const { x } = args.inputs as { x: TensorInfo };
      const info = poolInfo(x.shape, { ...attributes, dimRoundingMode });
      if (typeof pad !== 'number' || !dimRoundingMode || dimRoundingMode === 'floor') return kernel(args);
      const behind = (out: number, stride: number, window: number, size: number) =>
        Math.max((out - 1) * stride + window - size - pad, 0);
      const rows = behind(info.outHeight, info.strideHeight, info.filterHeight, info.inHeight);
      const columns = behind(info.outWidth, info.strideWidth, info.filterWidth, info.inWidth);
      const sides: backend_util.ExplicitPadding = [
        [0, 0],
        [pad, rows],
        [pad, columns],
        [0, 0],
      ];
      return kernel({ ...args, attrs: { ...attributes, pad: sides } as never });
    },
  };
}
