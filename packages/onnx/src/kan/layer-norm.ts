import type { LayerToWrite } from '../layers/layer-writer.js';

/** What the layers of @kanrecon/kan-layers add to a variance, as PyTorch does. */
const epsilon = 1e-5;

/** Layer norm of each row where the layer has it (weights `gamma`, `shift`), otherwise the value as it is. */
export function normalizedInput({ graph, weights, config }: LayerToWrite, x: string): string {
  const { gamma, shift } = weights;
  if (config['layerNorm'] !== true || !gamma || !shift) return x;
  const mean = (value: string) => graph.node('ReduceMean', [value], { axes: [1] });
  const centred = graph.sub(x, mean(x));
  const deviation = graph.node('Sqrt', [graph.add(mean(graph.square(centred)), graph.scalar(epsilon))]);
  const scaled = graph.mul(graph.div(centred, deviation), graph.tensor('gamma', gamma.shape, gamma.data));
  return graph.add(scaled, graph.tensor('shift', shift.shape, shift.data));
}
