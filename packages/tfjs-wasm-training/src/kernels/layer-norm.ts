import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelReplacement } from '../kernel-replacement.js';

/*
 * As radial-basis.ts: layer normalisation of rows, gamma·(x − mean)/√(variance + epsilon) + shift.
 *
 * KanLayerNorm           x [rows, inputs]; gamma, shift [inputs] → y [rows, inputs]
 * KanLayerNormGradient   x, gamma, dy [rows, inputs] → gradients of x, gamma, shift
 */

/** Attributes of both kernels. */
export interface LayerNormAttributes {
  epsilon: number;
}

export const layerNormKernel: KernelReplacement = {
  kernelName: 'KanLayerNorm',
  create: (runtime) => (args) => {
    const { x, gamma, shift } = args.inputs as Record<string, TensorInfo>;
    const { epsilon } = args.attrs as unknown as LayerNormAttributes;
    const [rows, inputs] = x!.shape as [number, number];
    const y = runtime.output(x!.shape);
    const [from, factor, term, to] = [x!, gamma!, shift!, y].map((tensor) => runtime.address(tensor));
    runtime.kernels.layerNorm(from!, factor!, term!, to!, rows, inputs, epsilon);
    return y;
  },
};

export const layerNormGradientKernel: KernelReplacement = {
  kernelName: 'KanLayerNormGradient',
  create: (runtime) => (args) => {
    const { x, gamma, dy } = args.inputs as Record<string, TensorInfo>;
    const { epsilon } = args.attrs as unknown as LayerNormAttributes;
    const [rows, inputs] = x!.shape as [number, number];
    const results = [x!.shape, gamma!.shape, gamma!.shape].map((shape) => runtime.output(shape));
    const at = [x!, gamma!, dy!, ...results].map((tensor) => runtime.address(tensor));
    const [from, factor, received, dx, dGamma, dShift] = at as [number, number, number, number, number, number];
    runtime.kernels.layerNormGradient(from, factor, received, dx, dGamma, dShift, rows, inputs, epsilon);
    return results;
  },
};
