import { mul, sub, type Tensor } from '@tensorflow/tfjs-core';
import { fusedBatchNorm, type NormActivation } from '../fused-batch-norm.js';
import type { GraphTensor, LayerWeight, ModelLayer } from '../layers-model.js';
import type { Match, UsedOnce } from './fused-step.js';

/** BatchNormalization, with the relu or swish Activation that alone follows it. */
export function normStep(output: GraphTensor, usedOnce: UsedOnce): Match | undefined {
  const activation = activationOf(output.sourceLayer);
  const before = activation && output.inputs[0];
  if (before && usedOnce(before) && isPlainNorm(before)) return norm(before, output, activation, [before]);
  return isPlainNorm(output) ? norm(output, output, 'linear', []) : undefined;
}

function norm(place: GraphTensor, output: GraphTensor, activation: NormActivation, inner: GraphTensor[]): Match {
  const layer = place.sourceLayer;
  const { momentum, epsilon } = layer.getConfig() as { momentum: number; epsilon: number };
  const run = ([x]: Tensor[]) => {
    // A layer that was given a call of its own runs by it: frozen norms, which use their running statistics, do (`freeze` of
    // @kanrecon/backbones). They may be frozen and freed between two steps.
    if (Object.hasOwn(layer, 'call')) {
      const normed = layer.apply(x!, { training: true }) as Tensor;
      return [place === output ? normed : (output.sourceLayer.apply(normed, { training: true }) as Tensor)];
    }
    const [gamma, beta, movingMean, movingVariance] = layer.weights as [
      LayerWeight,
      LayerWeight,
      LayerWeight,
      LayerWeight,
    ];
    const result = fusedBatchNorm(x!, gamma.read(), beta.read(), { epsilon, activation });
    for (const [weight, value] of [
      [movingMean, result.mean],
      [movingVariance, result.variance],
    ] as const) {
      const old = weight.read();
      weight.write(sub(old, mul(sub(old, value), 1 - momentum))); // as the layer does
    }
    return [result.output];
  };
  return { step: { inputs: place.inputs, outputs: [output], run }, inner };
}

/** BatchNormalization over the last axis, with scale and offset. */
export function isPlainNorm({ sourceLayer, shape }: GraphTensor): boolean {
  if (sourceLayer.getClassName() !== 'BatchNormalization') return false;
  const { axis, center, scale } = sourceLayer.getConfig() as { axis: number; center: boolean; scale: boolean };
  return center && scale && shape.length <= 4 && (axis === -1 || axis === shape.length - 1);
}

function activationOf(layer: ModelLayer): NormActivation | undefined {
  if (layer.getClassName() !== 'Activation') return undefined;
  const { activation } = layer.getConfig();
  return activation === 'relu' || activation === 'swish' ? activation : undefined;
}
