import { backend_util, type KernelFunc, Mean, Sum, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { withDtype } from '../convert-dtype.js';
import type { KernelReplacement } from '../kernel-replacement.js';
import type { KernelRuntime } from '../kernel-runtime.js';
import { type RowReduction, successiveReductions } from '../neighbouring-axes.js';
import { requireStock } from '../require-stock.js';
import { requireNumbers, typedValues } from '../typed-values.js';

/** Rows that columnSums adds up before their sum goes into another one, so that no sum has too many terms: its own block, squared. */
const ROW_CHUNK = 128 * 128;

/**
 * Sum over any axes. The stock kernel adds one number after the other in single precision: a million times 0.1 gives 100,958, and
 * reductions over other than the last axes are transposed first.
 */
export const sumKernel: KernelReplacement = {
  kernelName: Sum,
  create: (runtime, stock) => reduction(Sum, runtime, stock, () => 1),
};

/** Mean over any axes, likewise. */
export const meanKernel: KernelReplacement = {
  kernelName: Mean,
  create: (runtime, stock) => reduction(Mean, runtime, stock, (count) => 1 / count),
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
  factor: (count: number) => number,
): KernelFunc {
  return (args) => {
    const { x } = args.inputs as { x: TensorInfo };
    const { axis, keepDims } = args.attrs as unknown as { axis: number | number[]; keepDims: boolean };
    requireNumbers(x);
    if (util.sizeFromShape(x.shape) === 0) return ofNothing(runtime, x, axis, keepDims, factor(0) * 0);
    // A mean of integers is a float; the stock kernel adds them up in one running sum.
    if (name === Mean && (x.dtype === 'int32' || x.dtype === 'bool')) {
      return withDtype(runtime, { x }, 'float32', (inputs) => reduceFloats(inputs.x, axis, keepDims));
    }
    if (x.dtype !== 'float32') return requireStock(name, stock, `values of type ${x.dtype}`)(args);
    return reduceFloats(x, axis, keepDims);
  };

  function reduceFloats(x: TensorInfo, axis: number | number[], keepDims: boolean): TensorInfo {
    const axes = util.parseAxisParam(axis, x.shape);
    const size = util.sizeFromShape(x.shape);
    if (axes.length === x.shape.length) {
      const total = runtime.output(keepDims ? new Array<number>(axes.length).fill(1) : []);
      runtime.kernels.rowSums(runtime.address(x), runtime.address(total), 1, size, factor(size));
      return total;
    }
    const shape = x.shape.flatMap((length, i) => (axes.includes(i) ? (keepDims ? [1] : []) : [length]));
    const steps = successiveReductions(x.shape, axis);
    const result = runtime.output(shape);
    if (steps.length === 0) {
      runtime.values(result).set(runtime.values(x));
      return result;
    }
    const scale = factor(steps.reduce((count, { rows }) => count * rows, 1));
    reduce(runtime, runtime.address(x), runtime.address(result), steps, scale);
    return result;
  }
}

/** One reduction after another; what lies between them goes through borrowed memory. */
function reduce(
  runtime: KernelRuntime,
  from: number,
  to: number,
  [step, ...rest]: readonly RowReduction[],
  factor: number,
): void {
  if (rest.length === 0) sumRows(runtime, from, to, step!, factor);
  else {
    runtime.borrow(step!.batch * step!.columns * 4, (between) => {
      sumRows(runtime, from, between, step!, 1);
      reduce(runtime, between, to, rest, factor);
    });
  }
}

/** Sums over the rows of each matrix [rows][columns], times a factor, from address to address. */
export function sumRows(
  runtime: KernelRuntime,
  from: number,
  to: number,
  { batch, rows, columns }: Pick<RowReduction, 'batch' | 'rows' | 'columns'>,
  factor: number,
): void {
  const { kernels } = runtime;
  if (columns === 1) {
    kernels.rowSums(from, to, batch, rows, factor);
    return;
  }
  if (rows <= ROW_CHUNK) {
    kernels.columnSums(from, to, batch, rows, columns, factor);
    return;
  }
  const chunks = Math.floor(rows / ROW_CHUNK);
  const left = rows % ROW_CHUNK;
  const sums = chunks + Math.sign(left);
  const rowBytes = columns * 4;
  runtime.borrow(batch * sums * rowBytes, (partial) => {
    for (let b = 0; b < batch; b++) {
      const source = from + b * rows * rowBytes;
      const target = partial + b * sums * rowBytes;
      kernels.columnSums(source, target, chunks, ROW_CHUNK, columns, 1);
      const done = chunks * ROW_CHUNK * rowBytes;
      if (left > 0) kernels.columnSums(source + done, target + chunks * rowBytes, 1, left, columns, 1);
    }
    kernels.columnSums(partial, to, batch, sums, columns, factor);
  });
}
