import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { applyLayer } from './apply-layer.js';

/** torch's momentum of 0.1 weighs the new batch; TensorFlow's the old average. */
const MOMENTUM = 0.9;
const EPSILON = 1e-5;

/**
 * torch's `BatchNorm2d` with its defaults, then the swish (SiLU) activation if `activation` names a layer for it.
 *
 * One difference remains in training: torch's running variance collects the unbiased variance of each batch, n / (n − 1)
 * times the biased one that TensorFlow.js collects (n = batch · height · width). The features of the training step itself
 * are the same.
 */
export function batchNorm(x: SymbolicTensor, name: string, activation?: string): SymbolicTensor {
  const normed = applyLayer(layers.batchNormalization({ name, momentum: MOMENTUM, epsilon: EPSILON }), x);
  return activation ? applyLayer(layers.activation({ name: activation, activation: 'swish' }), normed) : normed;
}
