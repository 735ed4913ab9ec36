import { expectSetting, inputOfRank, type LayerToWrite, type LayerWriter, type Value } from './layer-writer.js';

/** Zeros around a map, [[top, bottom], [left, right]]. */
export const writeZeroPadding: LayerWriter = (layer) => {
  const { graph, config } = layer;
  expectSetting(layer, 'dataFormat', 'channelsLast', null);
  const { name } = inputOfRank(layer, 4);
  const [[top, bottom], [left, right]] = config['padding'] as [[number, number], [number, number]];
  return graph.node('Pad', [name, graph.ints([0, 0, top, left, 0, 0, bottom, right])]);
};

/** Row by row in TensorFlow's order, in which the channels come last. */
export const writeFlatten: LayerWriter = (layer) => {
  expectSetting(layer, 'dataFormat', 'channelsLast', null);
  return reshaped(layer, layer.inputs[0]!);
};

export const writeReshape: LayerWriter = (layer) => reshaped(layer, layer.inputs[0]!);

function reshaped(layer: LayerToWrite, { name, shape }: Value): string {
  const { graph, outputShape } = layer;
  for (const [what, { length }] of Object.entries({ input: shape, output: outputShape })) {
    if (![2, 4].includes(length)) layer.refuse(`its ${what} has ${length} axes; expected 2 or 4`);
  }
  const sides = outputShape.slice(1).map((side) => side ?? -1);
  if (sides.filter((side) => side === -1).length > 1) layer.refuse('several sides of its output are open');
  const [height, width, channels] = sides;
  // A vector of channels is a map of one pixel in either order.
  if (shape.length === 2 && height === 1 && width === 1) return graph.reshape(name, [0, channels!, 1, 1]);
  const rows = shape.length === 4 ? graph.transpose(name, [0, 2, 3, 1]) : name;
  const y = graph.reshape(rows, [0, ...sides]);
  return outputShape.length === 4 ? graph.transpose(y, [0, 3, 1, 2]) : y;
}
