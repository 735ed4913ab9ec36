import { Cumprod, Cumsum, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelReplacement } from '../kernel-replacement.js';
import { requireStock } from '../require-stock.js';

/**
 * Cumsum and Cumprod along axes that are counted from the end, which tfjs takes for places in the shape as they are: the stock
 * kernel writes beyond its result then, and the heap is broken.
 *
 * @throws if x has no such axis
 */
export const cumulativeKernels: readonly KernelReplacement[] = [Cumsum, Cumprod].map((kernelName) => ({
  kernelName,
  create: (_, stock) => (args) => {
    const { x } = args.inputs as { x: TensorInfo };
    const { axis } = args.attrs as unknown as { axis: number };
    const run = requireStock(kernelName, stock, `values of type ${x.dtype}`);
    if (x.shape.length === 0) return run(args);
    return run({ ...args, attrs: { ...args.attrs, axis: util.parseAxisParam(axis, x.shape)[0]! } });
  },
}));
