import { backend_util, Concat, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { withDtype } from '../convert-dtype.js';
import type { KernelReplacement } from '../kernel-replacement.js';
import type { KernelRuntime } from '../kernel-runtime.js';
import { requireStock } from '../require-stock.js';
import { requireNumbers } from '../typed-values.js';

/**
 * Concat along any axis; the stock kernel copies row by row in JavaScript. The result has the type of the first tensor, as tfjs has
 * it, and the others are converted to that as by a cast.
 */
export const concatKernel: KernelReplacement = {
  kernelName: Concat,
  create: (runtime, stock) => (args) => {
    const inputs = args.inputs as unknown as TensorInfo[];
    const dtype = inputs[0]!.dtype;
    const filled = inputs.filter((input) => util.sizeFromShape(input.shape) > 0);
    const dtypes = [...new Set([dtype, ...filled.map((input) => input.dtype)])];
    if (dtypes.length > 1 && dtypes.includes('string')) {
      throw new Error(
        `concat: tensors of these types cannot be joined; expected all strings or none, got ${dtypes.join(', ')}`,
      );
    }
    if (dtype === 'string') return requireStock(Concat, stock, 'strings')(args);
    const [type] = inputs.map(requireNumbers);
    const axis = util.parseAxisParam(args.attrs!.axis as number, inputs[0]!.shape)[0]!;
    const shapes = inputs.map((input) => input.shape);
    backend_util.assertParamsConsistent(shapes, axis);
    if (filled.length === 1) return runtime.share(filled[0]!);
    const shape = backend_util.computeOutShape(shapes, axis);
    return withDtype(runtime, filled, type!, (pieces) => join(runtime, pieces, runtime.output(shape, type), axis));
  },
};

function join(runtime: KernelRuntime, pieces: TensorInfo[], result: TensorInfo, axis: number): TensorInfo {
  const bytes = util.bytesPerElement(result.dtype);
  const count = util.sizeFromShape(result.shape.slice(0, axis));
  const rowBytes = util.sizeFromShape(result.shape.slice(axis)) * bytes;
  let to = runtime.address(result);
  for (const input of pieces) {
    const piece = util.sizeFromShape(input.shape.slice(axis)) * bytes;
    runtime.kernels.copyRows(runtime.address(input), piece, to, rowBytes, piece, count);
    to += piece;
  }
  return result;
}
