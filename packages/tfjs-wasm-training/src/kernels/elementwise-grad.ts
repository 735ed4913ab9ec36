import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelReplacement } from '../kernel-replacement.js';
import type { KernelRuntime } from '../kernel-runtime.js';

/** Kernels that only this package knows: gradients in one pass. `value` is what the gradient depends on, x or y. */
export const ReluGrad = 'WasmTrainingReluGrad';
export const SigmoidGrad = 'WasmTrainingSigmoidGrad';
export const SquareGrad = 'WasmTrainingSquareGrad';

type Pass = (runtime: KernelRuntime, value: number, dy: number, result: number, size: number, limit: number) => void;

/** Relu and Relu6, from x. Attribute: `limit`, infinity or 6. */
export const reluGradKernel = elementwise(ReluGrad, ({ kernels }, x, dy, result, size, limit) =>
  kernels.reluGradient(x, dy, result, size, limit),
);
/** Sigmoid, from y. */
export const sigmoidGradKernel = elementwise(SigmoidGrad, ({ kernels }, y, dy, result, size) =>
  kernels.sigmoidGradient(y, dy, result, size),
);
/** Square, from x. */
export const squareGradKernel = elementwise(SquareGrad, ({ kernels }, x, dy, result, size) =>
  kernels.squareGradient(x, dy, result, size),
);

function elementwise(kernelName: string, pass: Pass): KernelReplacement {
  return {
    kernelName,
    create: (runtime) => (args) => {
      const { value, dy } = args.inputs as { value: TensorInfo; dy: TensorInfo };
      const { limit = 0 } = (args.attrs ?? {}) as { limit?: number };
      const result = runtime.output(value.shape);
      const size = util.sizeFromShape(value.shape);
      pass(runtime, runtime.address(value), runtime.address(dy), runtime.address(result), size, limit);
      return result;
    },
  };
}
