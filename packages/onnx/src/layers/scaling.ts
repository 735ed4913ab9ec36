import { activate } from './activation.js';
import { inputOfRank, type LayerWriter } from './layer-writer.js';

/** x · scale + offset. */
export const writeRescaling: LayerWriter = (layer) => {
  const { graph, inputs, config } = layer;
  const { scale, offset = 0 } = config;
  if (typeof scale !== 'number' || typeof offset !== 'number') {
    return layer.refuse('its scale and offset are no numbers');
  }
  const scaled = graph.times(inputs[0]!.name, scale);
  return offset === 0 ? scaled : graph.add(scaled, graph.scalar(offset));
};

/** By the moving statistics. */
export const writeBatchNorm: LayerWriter = (layer) => {
  const { graph, inputs, config, weights } = layer;
  const { name, shape } = inputs[0]!;
  if (shape.length !== 2 && shape.length !== 4) layer.refuse(`its input has ${shape.length} axes; expected 2 or 4`);
  const axis = config['axis'] as number;
  if (axis !== -1 && axis !== shape.length - 1) layer.refuse(`its axis is ${axis}; expected the last one, -1`);
  const { moving_mean: mean, moving_variance: variance } = weights;
  const size = mean!.shape;
  const filled = (value: number) => new Float32Array(mean!.data.length).fill(value);
  const parts = [
    graph.tensor('gamma', size, weights['gamma']?.data ?? filled(1)),
    graph.tensor('beta', size, weights['beta']?.data ?? filled(0)),
    graph.tensor('moving_mean', size, mean!.data),
    graph.tensor('moving_variance', size, variance!.data),
  ];
  return graph.node('BatchNormalization', [name, ...parts], { epsilon: { float: config['epsilon'] as number } });
};

/** x · kernel + bias, then an activation. */
export const writeDense: LayerWriter = (layer) => {
  const { graph, config, weights } = layer;
  const { name } = inputOfRank(layer, 2);
  const { kernel, bias } = weights;
  const inputs = [name, graph.tensor('kernel', kernel!.shape, kernel!.data)];
  if (bias) inputs.push(graph.tensor('bias', bias.shape, bias.data));
  return activate(layer, graph.node('Gemm', inputs), config['activation'] ?? 'linear');
};
