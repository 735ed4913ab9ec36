import { CheckpointError, putSoundCopy } from './checkpoint-error.js';
import { show } from './show.js';

/** Enough for every network: EfficientNet-B0 with a head has 240. */
const mostLayers = 2000;

/** A layer as model.json has it. */
export interface GraphLayer {
  readonly name: string;
  /** `Conv2D` */
  readonly kind: string;
  /** In Keras' way. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Names of the layers whose outputs it takes; none for the input. */
  readonly inputs: readonly string[];
}

/** A network's layers, in no order, and where it begins and ends. */
export interface NetworkGraph {
  readonly layers: readonly GraphLayer[];
  readonly input: string;
  readonly output: string;
}

/**
 * The graph of a network in model.json: one input, one output, every layer applied once.
 *
 * @param topology `modelTopology` of model.json
 * @throws CheckpointError if it is no such graph: a missing layer, a name that comes twice. Circles are not looked for.
 */
export function networkGraph(topology: unknown): NetworkGraph {
  const { class_name: kind, config } = recordAt(topology, 'modelTopology');
  if (kind !== 'Model' && kind !== 'Functional') {
    throw wrong(`modelTopology.class_name is wrong; expected "Model" or "Functional", got ${show(kind)}`);
  }
  const { layers: list, input_layers, output_layers } = recordAt(config, 'modelTopology.config');
  if (!Array.isArray(list) || list.length < 2 || list.length > mostLayers) {
    const found = Array.isArray(list) ? `${list.length}` : show(list);
    throw wrong(`modelTopology.config.layers is wrong; expected a list of 2 to ${mostLayers} layers, got ${found}`);
  }
  const layers = list.map(layerAt);
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  if (byName.size < layers.length) throw wrong('two layers have the same name');
  for (const layer of layers) {
    const missing = layer.inputs.find((input) => !byName.has(input));
    if (missing !== undefined) throw wrong(`the layer "${layer.name}" takes "${missing}", which is no layer of it`);
  }
  const graph = {
    input: endAt(input_layers, 'input_layers'),
    output: endAt(output_layers, 'output_layers'),
  };
  for (const end of [graph.input, graph.output]) if (!byName.has(end)) throw wrong(`"${end}" is no layer of it`);
  return { ...graph, layers };
}

function layerAt(value: unknown, index: number): GraphLayer {
  const place = `modelTopology.config.layers.${index}`;
  const { name: given, class_name, config, inbound_nodes: nodes } = recordAt(value, place);
  const name = textAt(given, `${place}.name`);
  const kind = textAt(class_name, `${place}.class_name`);
  const settings = recordAt(config, `the configuration of the layer "${name}"`);
  if (settings['name'] !== name) {
    throw wrong(`the layer "${name}" has another name in its configuration, ${show(settings['name'])}`);
  }
  const isInput = kind === 'InputLayer';
  if (!Array.isArray(nodes) || nodes.length !== (isInput ? 0 : 1)) {
    throw wrong(
      `inbound_nodes of the layer "${name}" is wrong; expected ${isInput ? 'none' : 'one'}, got ${show(nodes)}`,
    );
  }
  return { name, kind, config: settings, inputs: isInput ? [] : inputsOf(nodes[0], name) };
}

function inputsOf(node: unknown, name: string): string[] {
  if (!Array.isArray(node) || node.length === 0 || node.length > mostLayers) {
    throw wrong(`inbound_nodes of the layer "${name}" is wrong; expected a list of inputs, got ${show(node)}`);
  }
  return node.map((input) => {
    const [from, nodeIndex, tensorIndex, settings = {}] = Array.isArray(input) ? input : [];
    const plain = typeof settings === 'object' && settings !== null && Object.keys(settings).length === 0;
    if (typeof from === 'string' && nodeIndex === 0 && tensorIndex === 0 && plain) return from;
    throw wrong(`inbound_nodes of the layer "${name}" is wrong; expected ["name", 0, 0, {}], got ${show(input)}`);
  });
}

function endAt(value: unknown, field: string): string {
  const [first, ...others] = Array.isArray(value) ? value : [];
  const [name, node, tensor] = Array.isArray(first) ? first : [];
  if (typeof name === 'string' && node === 0 && tensor === 0 && others.length === 0) return name;
  throw wrong(`modelTopology.config.${field} is wrong; expected [["name", 0, 0]], got ${show(value)}`);
}

function recordAt(value: unknown, place: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw wrong(`${place} is wrong; expected an object, got ${show(value)}`);
}

function textAt(value: unknown, place: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw wrong(`${place} is wrong; expected a name, got ${show(value)}`);
}

function wrong(reason: string): CheckpointError {
  return new CheckpointError(`networkGraph: the network in model.json cannot be used: ${reason}${putSoundCopy}`);
}
