import { engine, getBackend, Relu, Relu6, type Tensor } from '@tensorflow/tfjs-core';
import type { GradientReplacement } from '../kernel-replacement.js';
import { ReluGrad } from '../kernels/relu-grad.js';

/** Relu's gradient in one pass on the WASM backend; stock (Step, Cast, Multiply) elsewhere. */
export const reluGradient = clippedGradient(Relu, Number.POSITIVE_INFINITY);
/** Relu6's gradient likewise. */
export const relu6Gradient = clippedGradient(Relu6, 6);

function clippedGradient(kernelName: string, limit: number): GradientReplacement {
  return {
    kernelName,
    create: (stock) => ({
      ...stock,
      gradFunc: (dy, saved, attributes) => {
        if (getBackend() !== 'wasm') return stock.gradFunc(dy, saved, attributes);
        const [x] = saved as [Tensor];
        return { x: () => engine().runKernel(ReluGrad, { x, dy: dy as Tensor }, { limit }) as Tensor };
      },
    }),
  };
}
