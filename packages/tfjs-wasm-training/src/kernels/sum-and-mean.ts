import { type KernelFunc, Mean, Sum, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelReplacement } from '../kernel-replacement.js';
import type { KernelRuntime } from '../kernel-runtime.js';
import { requireStock } from '../require-stock.js';

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

function reduction(
  name: string,
  runtime: KernelRuntime,
  stock: KernelFunc | undefined,
  factor: (rows: number) => number,
): KernelFunc {
  return (args) => {
    const { x } = args.inputs as { x: TensorInfo };
    const { axis, keepDims } = args.attrs as unknown as { axis: number | number[]; keepDims: boolean };
    const axes = util.parseAxisParam(axis, x.shape).sort((a, b) => a - b);
    const begin = axes[0] ?? 0;
    const end = begin + axes.length;
    const neighbours = axes.every((value, i) => value === begin + i);
    const size = (shape: number[]) => util.sizeFromShape(shape);
    const rows = size(x.shape.slice(begin, end));
    const columns = size(x.shape.slice(end));
    if (x.dtype !== 'float32' || !neighbours || columns < 2 || rows === 0) {
      return requireStock(name, stock, 'this reduction')(args);
    }
    const kept = keepDims ? axes.map(() => 1) : [];
    const result = runtime.output([...x.shape.slice(0, begin), ...kept, ...x.shape.slice(end)]);
    const batch = size(x.shape.slice(0, begin));
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
