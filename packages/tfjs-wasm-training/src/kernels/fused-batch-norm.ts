import { FusedBatchNorm, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelReplacement } from '../kernel-replacement.js';
import { requireStock } from '../require-stock.js';

/** FusedBatchNorm with one mean, variance, scale and offset a channel; full-size statistics go to the stock kernel. */
export const fusedBatchNormKernel: KernelReplacement = {
  kernelName: FusedBatchNorm,
  create: (runtime, stock) => (args) => {
    const { x, mean, variance, offset, scale } = args.inputs as Record<string, TensorInfo>;
    const { varianceEpsilon } = args.attrs as unknown as { varianceEpsilon: number };
    if (mean!.shape.length !== 1 || x!.dtype !== 'float32') {
      return requireStock(FusedBatchNorm, stock, 'statistics of rank above 1')(args);
    }
    const channels = mean!.shape[0]!;
    const output = runtime.output(x!.shape);
    const scaleAt = runtime.scratch('scale', channels * 4);
    const shiftAt = runtime.scratch('shift', channels * 4);
    const [factors, shifts] = [runtime.floats(scaleAt, channels), runtime.floats(shiftAt, channels)];
    const [means, variances] = [runtime.values(mean!), runtime.values(variance!)];
    const scales = scale && runtime.values(scale);
    const offsets = offset && runtime.values(offset);
    for (let c = 0; c < channels; c++) {
      const factor = (scales ? scales[c]! : 1) / Math.sqrt(variances[c]! + varianceEpsilon);
      factors[c] = factor;
      shifts[c] = (offsets ? offsets[c]! : 0) - means[c]! * factor;
    }
    const rows = util.sizeFromShape(x!.shape) / channels;
    runtime.kernels.scaleShift(runtime.address(x!), runtime.address(output), scaleAt, shiftAt, rows, channels);
    return output;
  },
};
