import { activate } from './activation.js';
import { expectSetting, inputOfRank, type LayerToWrite, type LayerWriter, permute } from './layer-writer.js';
import { padding } from './padding.js';

/** Kernel [height, width, in, out] to [out, in, height, width]. */
export const writeConvolution: LayerWriter = (layer) => {
  const { kernel } = layer.weights;
  const [height, width, channels, filters] = kernel!.shape as [number, number, number, number];
  const data = permute(kernel!, [3, 2, 0, 1]);
  return convolution(layer, { shape: [filters, channels, height, width], data, group: 1 });
};

/** Kernel [height, width, channels, multiplier] to [channels · multiplier, 1, height, width]. */
export const writeDepthwiseConvolution: LayerWriter = (layer) => {
  // TensorFlow.js computes such a layer without holes, in an output of the size that holes would give.
  if (pair(layer.config['dilationRate']).some((rate) => rate !== 1)) {
    layer.refuse(
      `its dilationRate is ${JSON.stringify(layer.config['dilationRate'])}, which TensorFlow.js ignores; expected 1`,
    );
  }
  const { depthwise_kernel: kernel } = layer.weights;
  const [height, width, channels, multiplier] = kernel!.shape as [number, number, number, number];
  const data = permute(kernel!, [2, 3, 0, 1]);
  return convolution(layer, { shape: [channels * multiplier, 1, height, width], data, group: channels });
};

function convolution(
  layer: LayerToWrite,
  kernel: { readonly shape: readonly number[]; readonly data: Float32Array; readonly group: number },
): string {
  const { graph, config, weights } = layer;
  expectSetting(layer, 'dataFormat', 'channelsLast');
  const { name, shape } = inputOfRank(layer, 4);
  const [strides, dilations] = [config['strides'], config['dilationRate']].map(pair);
  const kernelShape = kernel.shape.slice(2);
  const inputs = [name, graph.tensor('kernel', kernel.shape, kernel.data)];
  if (weights['bias']) inputs.push(graph.tensor('bias', weights['bias'].shape, weights['bias'].data));
  const y = graph.node('Conv', inputs, {
    kernel_shape: kernelShape,
    strides: strides!,
    dilations: dilations!,
    group: kernel.group,
    pads: padding(layer, shape, { kernel: kernelShape, strides: strides!, dilations: dilations! }),
  });
  return activate(layer, y, config['activation'] ?? 'linear');
}

/** A number for each side, from one for both or none at all, which is 1. */
export function pair(value: unknown): number[] {
  if (Array.isArray(value)) return value.length === 1 ? [value[0], value[0]] : value;
  return typeof value === 'number' ? [value, value] : [1, 1];
}
