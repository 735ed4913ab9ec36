import { gather, type Tensor2D, tensor1d, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { layers, Sequential, sequential } from '@tensorflow/tfjs-layers';
import { checkOptions } from '../check-options.js';
import { EdgeLayer } from '../edge-layer.js';
import { fillDefaults } from '../fill-defaults.js';
import { maskWeight } from '../mask-weight.js';
import { type Attribution, attributeEdges } from './attribute.js';
import { type LivePart, liveEdges } from './live-edges.js';
import { nodeValues, readNetwork, stackOf } from './read-network.js';
import { readSamples, type Samples, type Table } from './samples.js';
import { type FitError, fitError } from './statistics.js';

/** Options of {@link prune}. */
export interface PruneOptions {
  /** Edges with a smaller attribution score go. Default 0.03. */
  edgeThreshold?: number;
  /** Hidden nodes with a smaller attribution score go. Default 0.01. */
  nodeThreshold?: number;
}

const defaults = { edgeThreshold: 0.03, nodeThreshold: 0.01 } satisfies PruneOptions;

/** What {@link prune} gives. */
export interface PruneResult {
  /** The smaller model, not compiled. The old one is unchanged, and yours to dispose of. */
  readonly model: Sequential;
  /** The scores that decided, of the old model. */
  readonly attribution: Attribution;
  /** keptNodes[l]: which nodes of the old model's layer l are left, as indices; inputs first, outputs last. */
  readonly keptNodes: readonly number[][];
  /** Edges before and after. */
  readonly edges: { readonly before: number; readonly after: number };
  /** The new model's outputs against the old one's, over the samples. */
  readonly error: FitError;
}

/**
 * Takes out what counts for little: hidden nodes and edges whose {@link attribute} score is below its threshold, and what is then connected
 * to nothing. Gives a new model of the same kinds of layers with the remaining weights. Inputs and outputs all stay, so that it takes
 * the same data.
 *
 * A dead edge among living nodes has a 0 in its layer's `edgeMask` weight (which is saved with the model, and not trained): before each
 * forward pass and each reading of weights, its weights are set back to 0, so that the edge stays 0 through further training, saving and
 * loading. An optimizer still computes steps for it, in vain; memory and time are saved for dead nodes only.
 *
 * What the dead edges added on average is given to a living edge of the same unit where the layer can do so (`shiftUnit`), if that brings
 * the new model closer to the old.
 *
 * @param samples inputs of the model [samples, inputs]
 * @throws if the model is not a stack of KAN layers with edge functions, nothing would be left, or samples or options are wrong
 */
export function prune(model: EdgeLayer | Sequential, samples: Samples, options: PruneOptions = {}): PruneResult {
  checkOptions('prune', options, defaults);
  const { edgeThreshold, nodeThreshold } = fillDefaults(options, defaults);
  for (const [name, value] of Object.entries({ edgeThreshold, nodeThreshold })) {
    if (!(value >= 0 && Number.isFinite(value))) {
      throw new Error(`prune: ${name} is wrong; expected a number ≥ 0, got ${value}`);
    }
  }
  const network = readNetwork('prune', model);
  const axes = network.layers.map((layer) => layer.weightAxes());
  const table = readSamples('prune', samples, network.edges[0]!.inputs);
  const values = nodeValues(network.edges, table);
  const attribution = attributeEdges(network.edges, values);
  const live = liveEdges(attribution, edgeThreshold, nodeThreshold);
  const [before, after] = [network.edges.reduce((n, { inputs, units }) => n + inputs * units, 0), countLive(live)];
  if (after === 0) {
    const largest = attribution.edges.at(-1)!.reduce((a, b) => Math.max(a, b), 0);
    throw new Error(
      `prune: nothing would be left; expected thresholds below the scores (the largest of the last layer is ${largest.toPrecision(3)}), got edgeThreshold ${edgeThreshold} and nodeThreshold ${nodeThreshold}`,
    );
  }
  const pruned = emptyCopy(model, live);
  const fresh = pruned.layers.filter((layer) => layer instanceof EdgeLayer);
  network.layers.forEach((layer, l) => {
    carryWeights(layer, axes[l]!, fresh[l]!, live, l);
  });
  const expected = values.at(-1)!;
  const error = giveConstantsBack(pruned, fresh, live, attribution, table, expected);
  if (!Number.isFinite(error.rmse)) {
    pruned.dispose();
    throw new Error('prune: the model gives numbers that are not finite; expected finite outputs for the samples');
  }
  return { model: pruned, attribution, keptNodes: live.nodes, edges: { before, after }, error };
}

interface LayerClass {
  fromConfig(kind: LayerClass, config: object): layers.Layer;
}

function countLive({ edges }: LivePart): number {
  return edges.reduce((total, flags) => total + flags.reduce((n, flag) => n + flag, 0), 0);
}

/** Edge flags of layer l among the nodes that stay, [inputs, units] of the new layer. */
function remainingMask({ nodes, edges }: LivePart, l: number, units: number): number[][] {
  return nodes[l]!.map((i) => nodes[l + 1]!.map((o) => edges[l]![i * units + o]!));
}

/** The same layers with the new widths, built. */
function emptyCopy(model: EdgeLayer | Sequential, live: LivePart): Sequential {
  const stack = stackOf(model).filter((layer) => layer.getClassName() !== 'InputLayer');
  const batchInputShape = model instanceof Sequential ? model.inputs[0]!.shape : [null, live.nodes[0]!.length];
  const name = model instanceof Sequential ? { name: model.name } : {};
  const copy = sequential({ ...name, layers: [layers.inputLayer({ batchInputShape })] });
  let l = 0;
  for (const layer of stack) {
    const { batchInputShape: _, ...config } = layer.getConfig();
    if (layer instanceof EdgeLayer) {
      const mask = remainingMask(live, l, layer.units);
      Object.assign(config, layer.configForInputs(live.nodes[l]!), { units: mask[0]!.length });
      config['edgeMask'] = layer.edgeMask || mask.some((row) => row.includes(0));
      l++;
    }
    const kind = layer.constructor as unknown as LayerClass;
    copy.add(kind.fromConfig(kind, config));
  }
  return copy;
}

function carryWeights(
  layer: EdgeLayer,
  axes: ReturnType<EdgeLayer['weightAxes']>,
  fresh: EdgeLayer,
  live: LivePart,
  l: number,
): void {
  tidy(() => {
    const indices = (nodes: readonly number[]) => tensor1d([...nodes], 'int32');
    const staying = live.nodes[l]!;
    const inputs = indices(staying);
    const units = indices(live.nodes[l + 1]!);
    const mask = tensor2d(remainingMask(live, l, layer.units), undefined, 'float32') as Tensor2D;
    fresh.weightAxes().forEach((to, w) => {
      const from = axes[w]!;
      let value = from.variable.read();
      if (from.inputs !== null)
        value = gather(value, from.indicesOf ? indices(from.indicesOf(staying)) : inputs, from.inputs);
      if (from.units !== null) value = gather(value, units, from.units);
      to.variable.write(from.vanishes ? maskWeight(value, from, mask) : value);
    });
    fresh.maskVariable?.write(mask);
  });
}

/** Adds the dead edges' means where that helps; gives the error that is left. */
function giveConstantsBack(
  pruned: Sequential,
  fresh: readonly EdgeLayer[],
  live: LivePart,
  { means, nodes }: Attribution,
  samples: Table,
  { data, columns }: Table,
): FitError {
  const measure = () => {
    const edges = fresh.map((layer) => layer.readEdges());
    return fitError(nodeValues(edges, samples).at(-1)!.data, data, columns);
  };
  const plain = measure();
  const saved = pruned.getWeights().map((weight) => weight.clone());
  let changed = false;
  fresh.forEach((layer, l) => {
    const oldUnits = nodes[l + 1]!.length;
    live.nodes[l + 1]!.forEach((o, unit) => {
      let lost = 0;
      for (let e = o; e < means[l]!.length; e += oldUnits) if (!live.edges[l]![e]) lost += means[l]![e]!;
      const readers = [...live.nodes[l]!.keys()].filter((n) => live.edges[l]![live.nodes[l]![n]! * oldUnits + o]);
      if (lost !== 0) changed = layer.shiftUnit(unit, lost, readers) || changed;
    });
  });
  const shifted = changed ? measure() : plain;
  // Not "shifted < plain" alone, which NaN would pass.
  const better = changed && shifted.rmse < plain.rmse;
  if (changed && !better) pruned.setWeights(saved);
  for (const weight of saved) weight.dispose();
  return better ? shifted : plain;
}
