import { activate } from '../layers/activation.js';
import { inputOfRank, type LayerWriter } from '../layers/layer-writer.js';
import { normalizedInput } from './layer-norm.js';

/** y = (α·act(x) + β·([cos p, sin p]·C + c))·V + v with p = n·W + b, n being x or its layer norm. */
export const writeFourierKAN: LayerWriter = (layer) => {
  const { graph, weights, config } = layer;
  const { name: x } = inputOfRank(layer, 2);
  const put = (name: string) => graph.tensor(name, weights[name]!.shape, weights[name]!.data);
  const p = graph.add(graph.matMul(normalizedInput(layer, x), put('frequencies')), put('phases'));
  const waves = graph.concat([graph.node('Cos', [p]), graph.node('Sin', [p])], 1);
  const mixed = graph.add(graph.matMul(waves, put('combination')), put('combinationBias'));
  const base = activate(layer, x, config['baseActivation']);
  const sum = graph.add(graph.mul(base, put('alpha')), graph.mul(mixed, put('beta')));
  return graph.add(graph.matMul(sum, put('kernel')), put('bias'));
};
