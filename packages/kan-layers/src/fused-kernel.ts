import {
  engine,
  getBackend,
  getKernel,
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
} from '@tensorflow/tfjs-core';

/**
 * A kernel that somebody registered for the current backend under one of the names that these layers ask for, else null; the layers then
 * compose TensorFlow.js operations. @kanrecon/tfjs-wasm-training registers them for WASM when it is enabled:
 *
 * - KanRadialBasis: x [rows, inputs] → basis [rows, functions, inputs] of f(scale·x − place);
 * - KanRadialBasisGradient: x and dBasis → [basis, dx];
 * - KanLayerNorm: x, and gamma and shift [inputs] → y; KanLayerNormGradient: x, gamma, dy → gradients of x, gamma and shift;
 * - KanWavelets: x, and scale, translation and weight [units, inputs] → y [rows, units];
 * - KanWaveletsGradient: the same and dy → gradients of x, scale, translation and weight.
 *
 * They have no gradients of their own, so that in a gradient that is itself recorded, for a second derivative, the answer is null too.
 */
export function fusedKernel<T extends Tensor | Tensor[]>(
  name: string,
): ((inputs: NamedTensorMap, attributes: object) => T) | null {
  if (engine().isTapeOn() || !getKernel(name, getBackend())) return null;
  return (inputs, attributes) => engine().runKernel(name, inputs, attributes as NamedAttrMap) as T;
}

/**
 * Whether products with transposed operands are as fast as others: on WASM only with the training kernels, which is where the fused kernels
 * are too; the stock ones leave XNNPACK for a naive loop.
 */
export function transposesForFree(): boolean {
  return getBackend() !== 'wasm' || getKernel('KanRadialBasis', 'wasm') !== undefined;
}
