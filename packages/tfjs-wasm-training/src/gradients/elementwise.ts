import { engine, Relu, Relu6, Sigmoid, Square, type Tensor } from '@tensorflow/tfjs-core';
import type { GradientReplacement } from '../kernel-replacement.js';
import { ReluGrad, SigmoidGrad, SquareGrad } from '../kernels/elementwise-grad.js';
import { canReplaceGradient } from './can-replace-gradient.js';

/** One pass each on the WASM backend; elsewhere the stock gradients, which compose them of three to five operations. */
export const reluGradient = onePass(Relu, ReluGrad, { limit: Number.POSITIVE_INFINITY });
export const relu6Gradient = onePass(Relu6, ReluGrad, { limit: 6 });
export const sigmoidGradient = onePass(Sigmoid, SigmoidGrad, {});
export const squareGradient = onePass(Square, SquareGrad, {});

function onePass(kernelName: string, gradientKernel: string, attributes: { limit?: number }): GradientReplacement {
  return {
    kernelName,
    create: (stock) => ({
      ...stock,
      gradFunc: (dy, saved, attrs) => {
        const [value] = saved as [Tensor];
        if (!canReplaceGradient() || value.dtype !== 'float32') return stock.gradFunc(dy, saved, attrs);
        return { x: () => engine().runKernel(gradientKernel, { value, dy: dy as Tensor }, attributes) as Tensor };
      },
    }),
  };
}
