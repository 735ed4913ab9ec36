import { backend_util, SplitV, type Tensor, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelReplacement } from '../kernel-replacement.js';
import { requireStock } from '../require-stock.js';
import { requireNumbers } from '../typed-values.js';

/** SplitV (the gradient of Concat) along any axis; the stock kernel slices in JavaScript. */
export const splitKernel: KernelReplacement = {
  kernelName: SplitV,
  create: (runtime, stock) => (args) => {
    const { x } = args.inputs as { x: TensorInfo };
    if (x.dtype === 'string') return requireStock(SplitV, stock, 'strings')(args);
    requireNumbers(x);
    const attributes = args.attrs as unknown as { numOrSizeSplits: number | number[]; axis: number };
    const axis = util.parseAxisParam(attributes.axis, x.shape)[0]!;
    const sizes = backend_util.prepareSplitSize(x as Tensor, attributes.numOrSizeSplits, axis);
    const bytes = util.bytesPerElement(x.dtype);
    const count = util.sizeFromShape(x.shape.slice(0, axis));
    const inner = util.sizeFromShape(x.shape.slice(axis + 1)) * bytes;
    const rowBytes = x.shape[axis]! * inner;
    let from = 0;
    return sizes.map((size) => {
      const piece = size * inner;
      const result = runtime.output([...x.shape.slice(0, axis), size, ...x.shape.slice(axis + 1)], x.dtype);
      runtime.kernels.copyRows(runtime.address(x) + from, rowBytes, runtime.address(result), piece, piece, count);
      from += piece;
      return result;
    });
  },
};
