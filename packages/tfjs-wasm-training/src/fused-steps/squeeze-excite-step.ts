import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { GraphTensor } from '../layers-model.js';
import { squeezeExcite } from '../squeeze-excite.js';
import type { Match, UsedOnce } from './fused-step.js';
import { isChannelsLast } from './is-channels-last.js';

/** x · conv(sigmoid)(conv(swish)(reshape(mean(x)))) */
export function squeezeExciteStep(output: GraphTensor, usedOnce: UsedOnce): Match | undefined {
  if (output.sourceLayer.getClassName() !== 'Multiply' || output.inputs.length !== 2) return undefined;
  const [x, excited] = output.inputs as [GraphTensor, GraphTensor];
  const squeezed = pointConvolution(excited, 'sigmoid') ? excited.inputs[0] : undefined;
  const map = squeezed && pointConvolution(squeezed, 'swish') ? squeezed.inputs[0] : undefined;
  const means = map?.sourceLayer.getClassName() === 'Reshape' ? map.inputs[0] : undefined;
  if (!squeezed || !map || means?.sourceLayer.getClassName() !== 'GlobalAveragePooling2D') return undefined;
  const inner = [excited, squeezed, map, means];
  const fits = means.inputs[0] === x && isChannelsLast(means.sourceLayer) && inner.every(usedOnce);
  if (!fits || map.shape.slice(1).join() !== [1, 1, x.shape[3]].join()) return undefined;
  const run = ([value]: Tensor[]) => {
    const [squeezeKernel, squeezeBias] = squeezed.sourceLayer.weights.map((weight) => weight.read()) as [
      Tensor,
      Tensor,
    ];
    const [exciteKernel, exciteBias] = excited.sourceLayer.weights.map((weight) => weight.read()) as [Tensor, Tensor];
    return [squeezeExcite(value as Tensor4D, { squeezeKernel, squeezeBias, exciteKernel, exciteBias })];
  };
  return { step: { inputs: [x], outputs: [output], run }, inner };
}

/** Whether a tensor is a 1 × 1 convolution with a bias, of one pixel, with the activation. */
export function pointConvolution({ sourceLayer }: GraphTensor, wanted: string): boolean {
  if (sourceLayer.getClassName() !== 'Conv2D' || !isChannelsLast(sourceLayer)) return false;
  const { kernelSize, strides, useBias, activation } = sourceLayer.getConfig();
  return [kernelSize, strides].flat().every((size) => size === 1) && useBias === true && activation === wanted;
}
