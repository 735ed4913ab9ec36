import type { GraphLayer, NetworkGraph } from './network-graph.js';
import { show } from './show.js';

/** Of no consequence for what a network with its weights computes, or how it is trained further: names, and how it began. */
const ofNoConsequence =
  /^(name|trainable)$|(^|_)(seed|initializer)$|^(start|scale_noise|spline_weight_init_scale|initial_alpha|initial_beta|smooth_initialization)$/;

/**
 * Compares a stored network with the one that its configuration makes, layer by layer from the output to the input: kinds, inputs, and
 * settings as far as they matter. Layers may have other names.
 *
 * @returns name in the stored network by the layer's name in the configuration's
 * @throws an Error that says which layer is otherwise, and in what
 */
export function matchNetworks(stored: NetworkGraph, own: NetworkGraph): Map<string, string> {
  const storedByName = new Map(stored.layers.map((layer) => [layer.name, layer]));
  const ownByName = new Map(own.layers.map((layer) => [layer.name, layer]));
  const storedNames = new Map<string, string>();
  const matched = new Set<string>();
  const pairs = [{ name: stored.output, ownName: own.output, taker: undefined as string | undefined }];
  for (const { name, ownName, taker } of pairs) {
    const before = storedNames.get(ownName);
    if (before === name) continue;
    if (before !== undefined || matched.has(name)) {
      throw new Error(`what the layer "${taker}" takes is wrong; expected "${before ?? ownName}", got "${name}"`);
    }
    const [layer, wanted] = [storedByName.get(name)!, ownByName.get(ownName)!];
    compare(layer, wanted);
    storedNames.set(ownName, name);
    matched.add(name);
    pairs.push(...layer.inputs.map((input, i) => ({ name: input, ownName: wanted.inputs[i], taker: name })));
  }
  const idle = stored.layers.find(({ name }) => !matched.has(name));
  if (idle) throw new Error(`the layer "${idle.name}" does not lead to its output`);
  return storedNames;
}

function compare({ name, kind, config, inputs }: GraphLayer, own: GraphLayer): void {
  if (kind !== own.kind) {
    throw new Error(`the layer "${name}" is wrong; expected "${own.name}" of the kind ${own.kind}, got ${show(kind)}`);
  }
  for (const key of new Set([...Object.keys(own.config), ...Object.keys(config)])) {
    if (ofNoConsequence.test(key) || mayLack(key, config, kind)) continue;
    if (asText(key, config[key]) === asText(key, own.config[key])) continue;
    const [expected, found] = [show(own.config[key]), show(config[key])];
    throw new Error(`${key} of the layer "${name}" is wrong; expected ${expected}, got ${found}`);
  }
  if (inputs.length !== own.inputs.length) {
    const [expected, found] = [show(own.inputs), show(inputs)];
    throw new Error(`what the layer "${name}" takes is wrong; expected ${expected}, got ${found}`);
  }
}

/** What earlier versions of our own layers did not have is as the configuration has it. */
function mayLack(key: string, config: GraphLayer['config'], kind: string): boolean {
  return kind.startsWith('KanLayers') && !Object.hasOwn(config, key);
}

/** What is missing is null to TensorFlow.js; as the kind of its numbers, that is its usual one. */
function asText(key: string, value: unknown): string {
  return JSON.stringify(value ?? (key === 'dtype' ? 'float32' : null));
}
