import { backend_util, Concat, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelReplacement } from '../kernel-replacement.js';
import { requireStock } from '../require-stock.js';

/** Concat along any axis; the stock kernel copies row by row in JavaScript. */
export const concatKernel: KernelReplacement = {
  kernelName: Concat,
  create: (runtime, stock) => (args) => {
    const inputs = args.inputs as unknown as TensorInfo[];
    const dtype = inputs[0]!.dtype;
    if (dtype === 'string') return requireStock(Concat, stock, 'strings')(args);
    const axis = util.parseAxisParam(args.attrs!.axis as number, inputs[0]!.shape)[0]!;
    const shapes = inputs.map((input) => input.shape);
    backend_util.assertParamsConsistent(shapes, axis);
    const shape = backend_util.computeOutShape(shapes, axis);
    const filled = inputs.filter((input) => util.sizeFromShape(input.shape) > 0);
    if (filled.length === 1) return runtime.share(filled[0]!);
    const result = runtime.output(shape, dtype);
    const bytes = util.bytesPerElement(dtype);
    const count = util.sizeFromShape(shape.slice(0, axis));
    const rowBytes = util.sizeFromShape(shape.slice(axis)) * bytes;
    let to = runtime.address(result);
    for (const input of filled) {
      const piece = util.sizeFromShape(input.shape.slice(axis)) * bytes;
      runtime.kernels.copyRows(runtime.address(input), piece, to, rowBytes, piece, count);
      to += piece;
    }
    return result;
  },
};
