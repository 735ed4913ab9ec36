import type { LayerToWrite, LayerWriter } from './layer-writer.js';

export const writeAdd: LayerWriter = (layer) => {
  checkRanks(layer);
  return layer.inputs.map(({ name }) => name).reduce(layer.graph.add);
};

export const writeMultiply: LayerWriter = (layer) => {
  checkRanks(layer);
  return layer.inputs.map(({ name }) => name).reduce(layer.graph.mul);
};

/** Along the channels. */
export const writeConcatenate: LayerWriter = (layer) => {
  const { graph, inputs, config } = layer;
  const rank = checkRanks(layer);
  const axis = config['axis'] as number;
  if (axis !== -1 && axis !== rank - 1) layer.refuse(`its axis is ${axis}; expected the last one, -1`);
  return graph.concat(
    inputs.map(({ name }) => name),
    1,
  );
};

/** TensorFlow.js broadcasts inputs of several ranks from the batch on, ONNX from the end. */
function checkRanks(layer: LayerToWrite): number {
  const ranks = layer.inputs.map(({ shape }) => shape.length);
  const [rank] = ranks;
  if (!ranks.every((one) => one === rank) || (rank !== 2 && rank !== 4)) {
    layer.refuse(`its inputs have ${ranks.join(' and ')} axes; expected 2 each or 4 each`);
  }
  return rank;
}
