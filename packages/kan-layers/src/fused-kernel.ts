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
 * - KanHarmonics: x [rows, inputs] → basis [rows, 2·harmonics, inputs] of cos x, sin x, cos 2x, …;
 * - KanHarmonicsGradient: x and dBasis → [basis, dx];
 * - KanLayerNorm: x, and gamma and shift [inputs] → y; KanLayerNormGradient: x, gamma, dy → gradients of x, gamma and shift;
 * - KanWavelets: x, and scale, translation and weight [units, inputs] → y [rows, units];
 * - KanWaveletsGradient: the same and dy → gradients of x, scale, translation and weight;
 * - KanRational: x, numerator [groups or 1, 6], denominator [groups, 4] → f(x) [rows, inputs];
 * - KanRationalGradient: the same and dy → [f(x), gradients of x, numerator and denominator];
 * - KanRandomFourier: the operands of the random-feature Fourier layer → [y, phases];
 * - KanRandomFourierGradient: the same, the phases and dy → the gradients of all of them.
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
