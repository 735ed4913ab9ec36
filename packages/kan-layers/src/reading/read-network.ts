import { type layers, Sequential } from '@tensorflow/tfjs-layers';
import { checkEdgeLayer } from '../check-edge-layer.js';
import type { EdgeLayer } from '../edge-layer.js';
import { KANLayer } from '../kan-layer.js';
import { checkModel } from './check-model.js';
import type { LayerEdges } from './layer-edges.js';
import type { Table } from './samples.js';

/** What can be read: one built KAN layer with functions on its edges, several in a row (the head of a larger model), or a Sequential of them. */
export type ReadableModel = EdgeLayer | readonly layers.Layer[] | Sequential;

/** Layers that pass their input on unchanged once training is over. */
const passive = ['InputLayer', 'Dropout', 'SpatialDropout1D', 'GaussianDropout', 'GaussianNoise', 'AlphaDropout'];

/** The KAN layers of a model, in order, and their edges. */
export interface Network {
  readonly layers: readonly EdgeLayer[];
  readonly edges: readonly LayerEdges[];
}

/**
 * Reads a model as a stack of KAN layers. Dropout and noise layers are passed over: they do nothing outside training.
 *
 * @param name the function that asks, for messages
 * @throws if it is no such model, another layer stands among them, or a layer has no edge functions of the input itself
 */
export function readNetwork(name: string, model: ReadableModel): Network {
  checkModel(name, model);
  const found: EdgeLayer[] = [];
  for (const layer of stackOf(model)) {
    if (layer instanceof KANLayer) {
      checkEdgeLayer(layer);
      found.push(layer);
    } else if (!passive.includes(layer.getClassName())) {
      throw new Error(
        `${name}: cannot read through layer '${layer.name}'; expected KAN layers (${passive.slice(1).join(', ')} between them are passed over), got ${layer.getClassName()}`,
      );
    }
  }
  if (found.length === 0) throw new Error(`${name}: nothing to read; expected at least one KAN layer, got none`);
  const edges = found.map((layer) => layer.readEdges());
  edges.forEach(({ inputs, normalizedInput }, i) => {
    if (normalizedInput) {
      throw new Error(
        `${name}: layer '${found[i]!.name}' normalises its inputs together, so none of its edges is a function of one input; expected a layer without layer norm, got one with it`,
      );
    }
    const before = edges[i - 1];
    if (before && before.units !== inputs) {
      throw new Error(
        `${name}: layer '${found[i]!.name}' does not follow the one before it; expected ${before.units} inputs, got ${inputs}`,
      );
    }
  });
  return { layers: found, edges };
}

/** All layers of the model, in order. */
export function stackOf(model: ReadableModel): readonly layers.Layer[] {
  if (model instanceof KANLayer) return [model];
  return model instanceof Sequential ? model.layers : (model as readonly layers.Layer[]);
}

/** The numbers at all nodes: table 0 is the input, table l + 1 what layer l makes of table l. */
export function nodeValues(edges: readonly LayerEdges[], samples: Table): Table[] {
  const tables = [samples];
  for (const layer of edges) tables.push(applyEdges(layer, tables[tables.length - 1]!));
  return tables;
}

function applyEdges(edges: LayerEdges, { rows, data }: Table): Table {
  const { inputs, units } = edges;
  const values = new Float64Array(rows * units);
  for (let unit = 0; unit < units; unit++) {
    const offset = edges.offset(unit);
    for (let r = 0; r < rows; r++) {
      let sum = offset;
      for (let i = 0; i < inputs; i++) sum += edges.evaluate(i, unit, data[r * inputs + i]!);
      values[r * units + unit] = sum;
    }
  }
  return { rows, columns: units, data: values };
}
