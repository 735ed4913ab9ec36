import type { GraphBuilder } from '../graph/graph-builder.js';
import type { LayerToWrite, LayerWriter } from './layer-writer.js';

/** TensorFlow.js' activations by its names. `hardSigmoid` is Keras' own: a slope of .2. */
const activations: Readonly<Record<string, (graph: GraphBuilder, x: string) => string>> = {
  linear: (_, x) => x,
  relu: (graph, x) => graph.node('Relu', [x]),
  relu6: (graph, x) => graph.clip(x, 0, 6),
  sigmoid: (graph, x) => graph.node('Sigmoid', [x]),
  tanh: (graph, x) => graph.node('Tanh', [x]),
  swish: (graph, x) => graph.mul(x, graph.node('Sigmoid', [x])),
  gelu: (graph, x) => {
    const erf = graph.node('Erf', [graph.times(x, Math.SQRT1_2)]);
    return graph.mul(x, graph.times(graph.add(erf, graph.scalar(1)), 0.5));
  },
  elu: (graph, x) => graph.node('Elu', [x]),
  selu: (graph, x) => graph.node('Selu', [x]),
  softmax: (graph, x) => graph.node('Softmax', [x], { axis: -1 }),
  softplus: (graph, x) => graph.node('Softplus', [x]),
  softsign: (graph, x) => graph.node('Softsign', [x]),
  hardSigmoid: (graph, x) => graph.node('HardSigmoid', [x], { alpha: { float: 0.2 }, beta: { float: 0.5 } }),
};

/** An activation that a layer names. @throws OnnxExportError if it is not covered */
export function activate(layer: LayerToWrite, x: string, name: unknown): string {
  const write = typeof name === 'string' && Object.hasOwn(activations, name) ? activations[name] : undefined;
  if (!write) {
    layer.refuse(`its activation is ${JSON.stringify(name)}; expected one of ${Object.keys(activations).join(', ')}`);
  }
  // Of maps the channels are not the graph's last axis.
  if (name === 'softmax' && layer.outputShape.length !== 2) {
    layer.refuse(`its activation is softmax and its output has ${layer.outputShape.length} axes; expected 2`);
  }
  return write(layer.graph, x);
}

export const writeActivation: LayerWriter = (layer) =>
  activate(layer, layer.inputs[0]!.name, layer.config['activation']);
