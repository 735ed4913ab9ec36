import { engine, type NamedAttrMap, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';
import {
  ConvNormActivation,
  type ConvNormActivationAttributes,
  type InferenceActivation,
} from '../kernels/conv-norm-activation.js';
import type { GraphTensor, ModelLayer } from '../layers-model.js';
import { activationPattern, namedActivation } from './activation-pattern.js';
import { applyLayers, runsAsWritten } from './apply-layers.js';
import { type Convolution, convolution } from './convolution-step.js';
import type { Match, UseCount } from './fused-step.js';
import { isPlainNorm } from './norm-step.js';

/**
 * Conv2D or DepthwiseConv2D, with the ZeroPadding2D before it, the BatchNormalization behind it, which uses its running statistics, and the
 * activation behind that.
 */
export function inferenceStep(output: GraphTensor, uses: UseCount): Match | undefined {
  const behind = activationPattern(output, uses);
  if (behind && uses(behind.input) === behind.reads) {
    const match = normedConvolution(output, behind.input, uses, behind.activation, [behind.input, ...behind.inner]);
    if (match) return match;
  }
  return normedConvolution(output, output, uses, undefined, []);
}

/** @param end what the convolution and its norm make, before the activation */
function normedConvolution(
  output: GraphTensor,
  end: GraphTensor,
  uses: UseCount,
  activation: InferenceActivation | undefined,
  inner: readonly GraphTensor[],
): Match | undefined {
  const before = isPlainNorm(end) && epsilonOf(end.sourceLayer) > 0 ? end.inputs[0]! : undefined;
  const norm = before && uses(before) === 1 ? end.sourceLayer : undefined;
  const found = anyConvolution(norm ? before! : end, uses);
  if (!found) return undefined;
  const own = found.activation === 'linear' ? 'linear' : namedActivation(found.activation);
  // What the convolution does itself comes before all else.
  if (!own || (own !== 'linear' && (norm || activation))) return undefined;
  const name = activation ?? own;
  const between = [...inner, ...(norm ? [before!] : []), ...found.inner];
  const layers = [...new Set([output, ...between].map(({ sourceLayer }) => sourceLayer))];
  const run = ([x]: Tensor[]) => [
    layers.every(runsAsWritten) ? runKernel(x!, found, norm, name) : applyLayers(output, found.input, x!),
  ];
  return { step: { inputs: [found.input], outputs: [output], run }, inner: between };
}

function anyConvolution(tensor: GraphTensor, uses: UseCount): Convolution | undefined {
  const usedOnce = (one: GraphTensor) => uses(one) === 1;
  const plain = convolution(tensor, 'Conv2D', usedOnce);
  if (plain) return plain;
  const depthwise = convolution(tensor, 'DepthwiseConv2D', usedOnce);
  return depthwise?.layer.getConfig()['depthMultiplier'] === 1 ? depthwise : undefined;
}

function runKernel(
  x: Tensor,
  { layer, strides, pad, dilations, useBias }: Convolution,
  norm: ModelLayer | undefined,
  activation: InferenceActivation,
): Tensor {
  const [filter, bias] = layer.weights.map((weight) => weight.read()) as [Tensor, Tensor];
  const [scale, offset, mean, variance] = norm?.weights.map((weight) => weight.read()) ?? [];
  const inputs = { x, filter, ...(useBias && { bias }), ...(norm && { mean, variance, offset, scale }) };
  const attributes: ConvNormActivationAttributes = {
    ...{ strides, pad, dilations, activation },
    depthwise: layer.getClassName() === 'DepthwiseConv2D',
    epsilon: norm ? epsilonOf(norm) : 0,
  };
  return engine().runKernel(
    ConvNormActivation,
    inputs as NamedTensorMap,
    attributes as unknown as NamedAttrMap,
  ) as Tensor;
}

function epsilonOf(norm: ModelLayer): number {
  return norm.getConfig()['epsilon'] as number;
}
