import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type ActivationKind, activation } from './activation.js';
import { applyLayer } from './apply-layer.js';

/** Of torch's `BatchNorm2d`. */
export interface NormSettings {
  /** torch's: the weight of the new batch. */
  readonly momentum: number;
  readonly epsilon: number;
}

/** `BatchNorm2d`'s defaults. */
export const normDefaults: NormSettings = { momentum: 0.1, epsilon: 1e-5 };

/**
 * torch's `BatchNorm2d`, then an activation.
 *
 * One difference remains in training: torch's running variance collects the unbiased variance of each batch, n / (n − 1)
 * times the biased one that TensorFlow.js collects (n = batch · height · width). The features of the training step itself
 * are the same.
 */
export function batchNorm(
  x: SymbolicTensor,
  name: string,
  { momentum, epsilon }: NormSettings = normDefaults,
  act?: { readonly name: string; readonly kind: ActivationKind },
): SymbolicTensor {
  // TensorFlow's momentum weighs the old average.
  const normed = applyLayer(layers.batchNormalization({ name, momentum: 1 - momentum, epsilon }), x);
  return act ? activation(normed, act.name, act.kind) : normed;
}
