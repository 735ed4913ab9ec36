import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelReplacement } from '../kernel-replacement.js';
import type { RowReduction } from '../neighbouring-axes.js';

/** Kernel that only this package knows: the gradient of Sum and Mean, factor · dy for every row. */
export const SpreadRows = 'WasmTrainingSpreadRows';

/** Attributes of {@link SpreadRows}: the reduction, the shape before it, and the factor. */
export interface SpreadRowsAttributes extends RowReduction {
  shape: number[];
  factor: number;
}

export const spreadRowsKernel: KernelReplacement = {
  kernelName: SpreadRows,
  create: (runtime) => (args) => {
    const { dy } = args.inputs as { dy: TensorInfo };
    const { shape, batch, rows, columns, factor } = args.attrs as unknown as SpreadRowsAttributes;
    const result = runtime.output(shape);
    runtime.kernels.spreadRows(runtime.address(dy), runtime.address(result), batch, rows, columns, factor);
    return result;
  },
};
