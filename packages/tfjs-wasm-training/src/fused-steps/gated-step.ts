import { engine, type NamedAttrMap, type Tensor } from '@tensorflow/tfjs-core';
import { SqueezeExcitation, type SqueezeExcitationAttributes } from '../kernels/squeeze-excitation.js';
import type { GraphTensor } from '../layers-model.js';
import { activationPattern } from './activation-pattern.js';
import { applyLayers, runsAsWritten } from './apply-layers.js';
import type { Match, UseCount } from './fused-step.js';
import { isChannelsLast } from './is-channels-last.js';
import { pointConvolution } from './squeeze-excite-step.js';

/**
 * Squeeze and excitation in inference, x · gate(conv(conv(reshape(mean(x))))): swish inside and a sigmoid as gate, as in EfficientNets, or
 * relu and torch's Hardsigmoid, as in MobileNetV3.
 */
export function gatedStep(output: GraphTensor, uses: UseCount): Match | undefined {
  if (output.sourceLayer.getClassName() !== 'Multiply' || output.inputs.length !== 2) return undefined;
  const [x, factor] = output.inputs as [GraphTensor, GraphTensor];
  const hard = activationPattern(factor, uses);
  const isHard = hard?.activation === 'hardSigmoid';
  const excited = isHard ? hard.input : factor;
  const squeezed = pointConvolution(excited, isHard ? 'linear' : 'sigmoid') ? excited.inputs[0] : undefined;
  if (!squeezed) return undefined;
  const activation = pointConvolution(squeezed, 'swish') ? 'swish' : 'relu';
  const map = pointConvolution(squeezed, activation) ? squeezed.inputs[0] : undefined;
  const means = map?.sourceLayer.getClassName() === 'Reshape' ? map.inputs[0] : undefined;
  if (!map || means?.sourceLayer.getClassName() !== 'GlobalAveragePooling2D') return undefined;
  const inner = [...new Set([factor, ...(isHard ? hard.inner : []), excited, squeezed, map, means])];
  const fits = means.inputs[0] === x && isChannelsLast(means.sourceLayer) && inner.every((one) => uses(one) === 1);
  if (!fits || map.shape.slice(1).join() !== [1, 1, x.shape[3]].join()) return undefined;
  const attributes: SqueezeExcitationAttributes = { activation, gate: isHard ? 'hardSigmoid' : 'sigmoid' };
  const run = ([value]: Tensor[]) => {
    if (![...inner, output].every(({ sourceLayer }) => runsAsWritten(sourceLayer))) {
      return [applyLayers(output, x, value!)];
    }
    const [squeezeKernel, squeezeBias] = squeezed.sourceLayer.weights.map((weight) => weight.read());
    const [exciteKernel, exciteBias] = excited.sourceLayer.weights.map((weight) => weight.read());
    const inputs = { x: value!, ...{ squeezeKernel, squeezeBias, exciteKernel, exciteBias } } as Record<string, Tensor>;
    return [engine().runKernel(SqueezeExcitation, inputs, attributes as unknown as NamedAttrMap) as Tensor];
  };
  return { step: { inputs: [x], outputs: [output], run }, inner };
}
