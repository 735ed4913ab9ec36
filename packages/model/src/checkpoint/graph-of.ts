import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { GraphLayer, NetworkGraph } from './network-graph.js';

type Layer = LayersModel['layers'][number];

/**
 * The graph of a network with one input and one output as model.json would have it, without the settings of initializers: what
 * `networkGraph` reads from `network.toJSON()`, in a fifth of the time.
 */
export function graphOf(network: LayersModel): NetworkGraph {
  return {
    layers: network.layers.map(layerOf),
    input: network.inputs[0].sourceLayer.name,
    output: network.outputs[0].sourceLayer.name,
  };
}

function layerOf(layer: Layer): GraphLayer {
  const entries = Object.entries(layer.getConfig()).filter(([key]) => !key.endsWith('Initializer'));
  return {
    name: layer.name,
    kind: layer.getClassName(),
    config: Object.fromEntries(entries.map(([key, value]) => [snakeCase(key), pythonic(value)])),
    inputs: layer.inboundNodes[0].inboundLayers.map(({ name }) => name),
  };
}

/** Words of Keras, also those that are values: `channels_last`. */
function pythonic(value: unknown): unknown {
  if (typeof value === 'string') return snakeCase(value);
  return Array.isArray(value) ? value.map(pythonic) : value;
}

const known = new Map<string, string>();

/** As TensorFlow.js does it when it writes a network. */
function snakeCase(text: string): string {
  let found = known.get(text);
  if (found === undefined) {
    const parted = text.replace(/(.)([A-Z][a-z0-9]+)/g, '$1_$2');
    found = parted.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
    known.set(text, found);
  }
  return found;
}
