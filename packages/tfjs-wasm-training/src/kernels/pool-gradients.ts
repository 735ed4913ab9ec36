import { AvgPoolGrad, type backend_util, MaxPoolGrad, type TensorInfo } from '@tensorflow/tfjs-core';
import { writeGeometry } from '../conv-geometry.js';
import { withDtype } from '../convert-dtype.js';
import type { KernelReplacement } from '../kernel-replacement.js';
import { type PoolAttributes, poolInfo } from '../pool-info.js';

/** MaxPoolGrad, exact: the stock kernel loses the gradient of every window whose values are all negative. */
export const maxPoolGradKernel: KernelReplacement = {
  kernelName: MaxPoolGrad,
  create: (runtime) => (args) => {
    const inputs = args.inputs as { dy: TensorInfo; input: TensorInfo; output: TensorInfo };
    return withDtype(runtime, inputs, 'float32', ({ dy, input, output }) => {
      const geometry = writeGeometry(
        runtime,
        gradientInfo(input.shape, dy.shape, args.attrs as unknown as PoolAttributes),
      );
      const result = runtime.output(input.shape);
      runtime.kernels.maxPoolGradient(
        geometry,
        runtime.address(input),
        runtime.address(output),
        runtime.address(dy),
        runtime.address(result),
      );
      return result;
    });
  },
};

/** AvgPoolGrad, exact at padded edges, where tfjs divides by the window's full size instead of the averaged pixels. */
export const avgPoolGradKernel: KernelReplacement = {
  kernelName: AvgPoolGrad,
  create: (runtime) => (args) => {
    const { dy, input } = args.inputs as { dy: TensorInfo; input: TensorInfo };
    const geometry = writeGeometry(
      runtime,
      gradientInfo(input.shape, dy.shape, args.attrs as unknown as PoolAttributes),
    );
    const result = runtime.output(input.shape);
    runtime.kernels.avgPoolGradient(geometry, runtime.address(dy), runtime.address(result));
    return result;
  },
};

/** tfjs' gradients do not say how the size of the output was rounded, so that is taken from its gradient. */
function gradientInfo(shape: number[], dyShape: number[], attributes: PoolAttributes): backend_util.Conv2DInfo {
  return { ...poolInfo(shape, attributes), outHeight: dyShape[1]!, outWidth: dyShape[2]! };
}
