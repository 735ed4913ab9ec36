import { mul, reshape, type Tensor, type Tensor2D, transpose } from '@tensorflow/tfjs-core';
import type { WeightAxes } from './weight-axes.js';

/**
 * A tensor of a weight's shape, times the mask along the weight's axes; as it is if the weight is not one of edges.
 *
 * @param mask [inputs, units]
 */
export function maskWeight(tensor: Tensor, { inputs, units }: Omit<WeightAxes, 'variable'>, mask: Tensor2D): Tensor {
  if (inputs === null || units === null) return tensor;
  const shape = tensor.shape.map((side, axis) => (axis === inputs || axis === units ? side : 1));
  return mul(tensor, reshape(inputs < units ? mask : transpose(mask), shape));
}
