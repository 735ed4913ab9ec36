import { _FusedMatMul, BatchMatMul, broadcast_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { withDtype } from '../convert-dtype.js';
import type { KernelReplacement } from '../kernel-replacement.js';
import type { KernelRuntime } from '../kernel-runtime.js';
import { multiplyPacked, multiplyTransposedLeft, packRight, packTransposedRight } from '../matrix-products.js';
import { paddedBias, requireChannelBias } from '../padded-bias.js';
import { requireStock } from '../require-stock.js';
import { ACTIVATION_FLAGS } from '../run-conv2d.js';
import { type FusedActivation, stockActivation } from '../stock-activation.js';

interface MatMulAttributes {
  transposeA: boolean;
  transposeB: boolean;
}

/** BatchMatMul with any transpose flags; the stock kernel runs at 2 GFLOP/s when one is set, as every gradient does. */
export const batchMatMulKernel: KernelReplacement = {
  kernelName: BatchMatMul,
  create: (runtime, stock) => (args) => {
    const { a, b } = args.inputs as { a: TensorInfo; b: TensorInfo };
    if (a.dtype !== 'float32' || b.dtype !== 'float32') return requireStock(BatchMatMul, stock, a.dtype)(args);
    return matMul(runtime, a, b, args.attrs as unknown as MatMulAttributes, undefined, 0);
  },
};

/** Dense layers: matMul + bias + activation, one pass for linear, relu and relu6, one more for the others. */
export const fusedMatMulKernel: KernelReplacement = {
  kernelName: _FusedMatMul,
  create: (runtime, stock) => (args) => {
    const { a, b, ...others } = args.inputs as Record<'a' | 'b', TensorInfo> & Record<string, TensorInfo | undefined>;
    const attributes = args.attrs as unknown as MatMulAttributes & FusedActivation;
    if (a.dtype !== 'float32' || b.dtype !== 'float32') return requireStock(_FusedMatMul, stock, a.dtype)(args);
    const columns = b.shape[b.shape.length - (attributes.transposeB ? 2 : 1)]!;
    requireChannelBias('fused.matMul', others.bias, columns);
    return withDtype(runtime, others, 'float32', ({ bias, preluActivationWeights }) => {
      const flags = ACTIVATION_FLAGS[attributes.activation ?? 'linear'];
      const output = matMul(runtime, a, b, attributes, bias, flags ?? 0);
      return flags === undefined
        ? stockActivation(runtime, 'fused.matMul', output, attributes, preluActivationWeights)
        : output;
    });
  },
};

function matMul(
  runtime: KernelRuntime,
  a: TensorInfo,
  b: TensorInfo,
  { transposeA, transposeB }: MatMulAttributes,
  bias: TensorInfo | undefined,
  flags: number,
): TensorInfo {
  if (a.shape.length < 2 || b.shape.length < 2) {
    throw new Error(
      `matMul: both sides must be matrices; expected rank 2 or more, got shapes [${a.shape}] and [${b.shape}]`,
    );
  }
  const [aRows, aColumns] = a.shape.slice(-2) as [number, number];
  const [bRows, bColumns] = b.shape.slice(-2) as [number, number];
  const [m, k] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
  const n = transposeB ? bRows : bColumns;
  if (k !== (transposeB ? bColumns : bRows)) {
    throw new Error(
      `matMul: inner sizes differ; expected equal, got ${k} and ${transposeB ? bColumns : bRows} for shapes [${a.shape}] and [${b.shape}] with transposeA=${transposeA}, transposeB=${transposeB}`,
    );
  }
  const aBatch = a.shape.slice(0, -2);
  const bBatch = b.shape.slice(0, -2);
  const batchShape = broadcast_util.assertAndGetBroadcastShape(aBatch, bBatch);
  const result = runtime.output([...batchShape, m, n]);
  const start = bias ? paddedBias(runtime, bias, n) : 0;
  const [aFrom, bFrom, to] = [runtime.address(a), runtime.address(b), runtime.address(result)];
  const aIndex = batchIndices(batchShape, aBatch);
  const bIndex = batchIndices(batchShape, bBatch);
  // A transposed left side times a plain right side is what the filter gradient computes; it needs no copy of either.
  const asGradient = transposeA && !transposeB && !bias && flags === 0;
  const transposed = transposeA && !asGradient ? runtime.scratch('transposed', m * k * 4) : 0;
  for (let i = 0; i < aIndex.length; i++) {
    const left = aFrom + aIndex[i]! * m * k * 4;
    const right = bFrom + bIndex[i]! * k * n * 4;
    const target = to + i * m * n * 4;
    if (asGradient) {
      multiplyTransposedLeft(runtime, left, right, target, [m, k, n]);
      continue;
    }
    if (transposed) runtime.kernels.transpose(left, transposed, k, m);
    const packed = transposeB ? packTransposedRight(runtime, right, k, n) : packRight(runtime, right, k, n);
    multiplyPacked(runtime, transposed || left, packed, target, [m, k, n], { bias: start, flags });
  }
  return result;
}

/** For each matrix of the broadcast result, which matrix of one side it takes. */
function batchIndices(resultShape: number[], shape: number[]): number[] {
  const count = util.sizeFromShape(resultShape);
  const indices = new Array<number>(count).fill(0);
  const offset = resultShape.length - shape.length;
  for (let i = 0; i < count; i++) {
    let rest = i;
    let stride = 1;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const size = resultShape[axis + offset]!;
      const position = rest % size;
      rest = Math.floor(rest / size);
      if (shape[axis] !== 1) indices[i]! += position * stride;
      stride *= shape[axis]!;
    }
  }
  return indices;
}
