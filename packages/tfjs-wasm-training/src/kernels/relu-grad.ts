import type { TensorInfo } from '@tensorflow/tfjs-core';
import { util } from '@tensorflow/tfjs-core';
import type { KernelReplacement } from '../kernel-replacement.js';

/** Name of a kernel that only this package knows: dx of Relu and Relu6 in one pass. Attribute: `limit`. */
export const ReluGrad = 'WasmTrainingReluGrad';

export const reluGradKernel: KernelReplacement = {
  kernelName: ReluGrad,
  create: (runtime) => (args) => {
    const { x, dy } = args.inputs as { x: TensorInfo; dy: TensorInfo };
    const { limit } = args.attrs as unknown as { limit: number };
    const result = runtime.output(x.shape);
    const size = util.sizeFromShape(x.shape);
    runtime.kernels.reluGradient(runtime.address(x), runtime.address(dy), runtime.address(result), size, limit);
    return result;
  },
};
