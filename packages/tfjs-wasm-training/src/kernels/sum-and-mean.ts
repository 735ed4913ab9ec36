import { backend_util, type KernelFunc, Mean, Sum, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelReplacement } from '../kernel-replacement.js';
import type { KernelRuntime } from '../kernel-runtime.js';
import { rowReduction } from '../neighbouring-axes.js';
import { requireStock } from '../require-stock.js';
import { requireNumbers, typedValues } from '../typed-values.js';

/** Sum over one run of neighbouring axes that is not the last: bias gradients, BatchNorm, global pooling. */
export const sumKernel: KernelReplacement = {
  kernelName: Sum,
  create: (runtime, stock) => reduction(Sum, runtime, stock, () => 1),
};

/** Mean over one run of neighbouring axes that is not the last. */
export const meanKernel: KernelReplacement = {
  kernelName: Mean,
  create: (runtime, stock) => reduction(Mean, runtime, stock, (rows) => 1 / rows),
};

/** The reduction of a tensor without values, of which the stock kernels do not fill the result: 0, or NaN for a mean. */
function ofNothing(
  runtime: KernelRuntime,
  x: TensorInfo,
  axis: number | number[],
  keepDims: boolean,
  value: number,
): TensorInfo {
  const axes = util.parseAxisParam(axis, x.shape);
  const [shape] = backend_util.computeOutAndReduceShapes(x.shape, axes);
  const isMean = Number.isNaN(value);
  const dtype = x.dtype === 'float32' || isMean ? 'float32' : 'int32';
  const result = runtime.output(keepDims ? backend_util.expandShapeToKeepDim(shape, axes) : shape, dtype);
  typedValues(runtime, result).fill(value);
  return result;
}

function reduction(
  name: string,
  runtime: KernelRuntime,
  stock: KernelFunc | undefined,
  factor: (rows: number) => number,
): KernelFunc {
  return (args) => {
    const { x } = args.inputs as { x: TensorInfo };
    const { axis, keepDims } = args.attrs as unknown as { axis: number | number[]; keepDims: boolean };
    requireNumbers(x);
    if (util.sizeFromShape(x.shape) === 0) return ofNothing(runtime, x, axis, keepDims, factor(0) * 0);
    const form = x.dtype === 'float32' ? rowReduction(x.shape, axis) : undefined;
    if (!form) return requireStock(name, stock, 'this reduction')(args);
    const { begin, end, batch, rows, columns } = form;
    const kept = keepDims ? new Array<number>(end - begin).fill(1) : [];
    const result = runtime.output([...x.shape.slice(0, begin), ...kept, ...x.shape.slice(end)]);
    runtime.kernels.columnSums(
      runtime.address(x),
      runtime.address(result),
      batch,
      rows,
      columns,
      Math.fround(factor(rows)),
    );
    return result;
  };
}
