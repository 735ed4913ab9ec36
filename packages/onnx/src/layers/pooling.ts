import { pair } from './convolution.js';
import { expectSetting, inputOfRank, type LayerToWrite, type LayerWriter } from './layer-writer.js';
import { padding } from './padding.js';

export const writeMaxPooling: LayerWriter = (layer) => pooling(layer, 'MaxPool');

/** What is padded counts neither here nor in TensorFlow. */
export const writeAveragePooling: LayerWriter = (layer) => pooling(layer, 'AveragePool');

export const writeGlobalAveragePooling: LayerWriter = (layer) => {
  expectSetting(layer, 'dataFormat', 'channelsLast', null);
  const { name } = inputOfRank(layer, 4);
  return layer.graph.node('Flatten', [layer.graph.node('GlobalAveragePool', [name])], { axis: 1 });
};

function pooling(layer: LayerToWrite, type: string): string {
  const { graph, config } = layer;
  expectSetting(layer, 'dataFormat', 'channelsLast');
  const { name, shape } = inputOfRank(layer, 4);
  const kernel = pair(config['poolSize']);
  const strides = config['strides'] == null ? kernel : pair(config['strides']);
  const pads = padding(layer, shape, { kernel, strides, dilations: [1, 1] });
  return graph.node(type, [name], { kernel_shape: kernel, strides, pads });
}
