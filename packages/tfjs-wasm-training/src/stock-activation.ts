import { Elu, getKernel, LeakyRelu, Prelu, Sigmoid, type TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelRuntime } from './kernel-runtime.js';
import { repeatsAlong } from './repeats-along.js';

/** What tfjs' fused operations say about the activation. */
export interface FusedActivation {
  activation?: string;
  leakyreluAlpha?: number;
}

const KERNELS: Readonly<Record<string, string>> = { sigmoid: Sigmoid, elu: Elu, leakyrelu: LeakyRelu, prelu: Prelu };

/**
 * The activations of tfjs' fused operations that our kernels do not compute themselves, by the backend's own kernels. (The stock fused
 * kernels add some biases to the wrong rows, so only the activation is left to the backend.) Frees `x`.
 *
 * @param operation named in errors
 * @throws if the activation is unknown, or the weights of prelu do not fit
 */
export function stockActivation(
  runtime: KernelRuntime,
  operation: string,
  x: TensorInfo,
  { activation, leakyreluAlpha = 0 }: FusedActivation,
  preluWeights: TensorInfo | undefined,
): TensorInfo {
  const name = KERNELS[activation!];
  const kernel = name && getKernel(name, 'wasm');
  try {
    if (!kernel) {
      throw new Error(
        `${operation}: unknown activation; expected one of linear, relu, relu6, ${Object.keys(KERNELS).join(', ')}, got ${activation}`,
      );
    }
    if (activation === 'prelu' && !(preluWeights && repeatsAlong(x.shape, preluWeights.shape))) {
      throw new Error(
        `${operation}: the weights of prelu do not fit; expected the shape of the output [${x.shape}] or its last axes, got ${preluWeights ? `[${preluWeights.shape}]` : 'none'}`,
      );
    }
    const inputs = preluWeights && activation === 'prelu' ? { x, alpha: preluWeights } : { x };
    const attrs = { alpha: leakyreluAlpha };
    return kernel.kernelFunc({ inputs, attrs, backend: runtime.backend }) as TensorInfo;
  } finally {
    runtime.backend.disposeData(x.dataId);
  }
}
