import { type TensorInfo, UnsortedSegmentSum, util } from '@tensorflow/tfjs-core';
import type { KernelReplacement } from '../kernel-replacement.js';

/**
 * Sums of the rows of x that have the same segment: the gradient of gather, so of embeddings. Rows whose segment is negative
 * or not below numSegments are left out. Sums of floats are made in double precision.
 */
export const unsortedSegmentSumKernel: KernelReplacement = {
  kernelName: UnsortedSegmentSum,
  create: (runtime) => (args) => {
    const { x, segmentIds } = args.inputs as { x: TensorInfo; segmentIds: TensorInfo };
    const { numSegments } = args.attrs as unknown as { numSegments: number };
    const rows = util.sizeFromShape(segmentIds.shape);
    const columns = util.sizeFromShape(x.shape.slice(1));
    if (segmentIds.dtype !== 'int32' || segmentIds.shape.length !== 1 || rows !== x.shape[0]) {
      throw new Error(
        `tf.unsortedSegmentSum: segmentIds do not fit x on the WASM backend; expected int32 of shape [${x.shape[0]}], got ${segmentIds.dtype} of shape [${segmentIds.shape}]`,
      );
    }
    if (x.dtype !== 'float32' && x.dtype !== 'int32') {
      throw new Error(`tf.unsortedSegmentSum: x cannot be added up; expected float32 or int32, got ${x.dtype}`);
    }
    const result = runtime.output([numSegments, ...x.shape.slice(1)], x.dtype);
    const [from, ids, to] = [x, segmentIds, result].map((tensor) => runtime.address(tensor)) as [
      number,
      number,
      number,
    ];
    if (x.dtype === 'int32') runtime.kernels.segmentSumsOfIntegers(from, ids, to, rows, columns, numSegments);
    else {
      runtime.borrow((numSegments + 1 + rows) * 4, (starts) => {
        const order = starts + (numSegments + 1) * 4;
        runtime.kernels.segmentSums(from, ids, to, rows, columns, numSegments, starts, order);
      });
    }
    return result;
  },
};
