import { add, type NamedTensorMap, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import type { BaseActivation } from '../base-activation.js';
import { layerNormEpsilon } from '../expansion/layer-norm-op.js';
import { fusedKernel } from '../fused-kernel.js';
import type { FourierKANWeights } from './fourier-kan-weights.js';

/** The layer's output and its phases p by one kernel; null where the backend has none or does not know the activation. */
export function fusedFourierForward(
  x: Tensor2D,
  weights: FourierKANWeights,
  mask: Tensor2D | null,
  { fusedName }: BaseActivation,
): [y: Tensor2D, phase: Tensor2D] | null {
  const fused = fusedName && fusedKernel<[Tensor2D, Tensor2D]>('KanRandomFourier');
  if (!fused) return null;
  return fused(operands(x, weights, mask), { activation: fusedName });
}

/** The gradients of x, of the weights in their order and, with layer norm, of gamma and shift; null as above. */
export function fusedFourierBackward(
  dy: Tensor2D,
  x: Tensor2D,
  phase: Tensor2D,
  weights: FourierKANWeights,
  mask: Tensor2D | null,
  { fusedName }: BaseActivation,
): Tensor[] | null {
  const fused = fusedName && fusedKernel<Tensor[]>('KanRandomFourierGradient');
  if (!fused) return null;
  const { gamma } = weights;
  const inputs = { ...operands(x, weights, mask), phase, dy };
  const [dx, ...gradients] = fused(inputs, { activation: fusedName });
  if (!gamma) return [dx!, ...gradients];
  const dNormal = gradients.pop()!;
  const normGradient = fusedKernel<Tensor[]>('KanLayerNormGradient')!;
  const [byNormal, dGamma, dShift] = normGradient({ x, gamma, dy: dNormal }, { epsilon: layerNormEpsilon });
  return [add(dx!, byNormal!), ...gradients, dGamma!, dShift!];
}

function operands(x: Tensor2D, weights: FourierKANWeights, mask: Tensor2D | null): NamedTensorMap {
  const { gamma, shift, ...others } = weights;
  const inputs: NamedTensorMap = { x, ...others };
  if (mask) inputs.mask = mask;
  if (gamma) {
    inputs.normal = fusedKernel<Tensor2D>('KanLayerNorm')!({ x, gamma, shift: shift! }, { epsilon: layerNormEpsilon });
  }
  return inputs;
}
