import type { LayersModel, layers, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { OnnxExportError } from './export-error.js';
import type { GraphBuilder } from './graph/graph-builder.js';
import { coveredLayers, writerOf } from './layer-writers.js';
import type { LayerToWrite, Value, WeightValues } from './layers/layer-writer.js';

/** Weights by layer, then by the last part of their names. */
export type NetworkWeights = ReadonlyMap<layers.Layer, LayerToWrite['weights']>;

/**
 * Reads all weights of a network.
 *
 * @throws OnnxExportError if one is no finite number
 */
export async function readNetworkWeights(caller: string, model: LayersModel): Promise<NetworkWeights> {
  const all = new Map<layers.Layer, Record<string, WeightValues>>();
  for (const layer of model.layers) {
    const weights: Record<string, WeightValues> = {};
    for (const variable of layer.weights) {
      const tensor = variable.read();
      const data = (await tensor.data()) as Float32Array;
      if (!data.every(Number.isFinite)) {
        throw new OnnxExportError(`${caller}: the weight ${variable.originalName} has a number that is not finite`);
      }
      weights[variable.originalName.slice(variable.originalName.lastIndexOf('/') + 1)] = { shape: tensor.shape, data };
    }
    all.set(layer, weights);
  }
  return all;
}

/**
 * Writes a network's layers from its inputs to its outputs, as they are outside training.
 *
 * @param inputs the values that stand for the network's inputs, in their order
 * @returns those of its outputs
 * @throws OnnxExportError naming the first layer that is not covered
 */
export function writeNetwork(
  caller: string,
  graph: GraphBuilder,
  model: LayersModel,
  weights: NetworkWeights,
  inputs: readonly string[],
): Value[] {
  const known = new Map<SymbolicTensor, Value>();
  model.inputs.forEach((input, index) => void known.set(input, { name: inputs[index]!, shape: input.shape }));

  const valueOfTensor = (tensor: SymbolicTensor): Value => {
    const found = known.get(tensor);
    if (found) return found;
    const value = { name: writeLayer(tensor), shape: tensor.shape };
    known.set(tensor, value);
    return value;
  };

  const writeLayer = (tensor: SymbolicTensor): string => {
    const { sourceLayer: layer, nodeIndex } = tensor;
    const kind = layer.getClassName();
    const refuse = (why: string): never => {
      throw new OnnxExportError(`${caller}: the layer ${layer.name} (${kind}) is not covered: ${why}`);
    };
    const writer = writerOf(layer);
    const own = weights.get(layer);
    if (!writer || !own) return refuse(`expected one of ${coveredLayers.join(', ')}`);
    const given = layer.inboundNodes[nodeIndex]?.inputTensors.map(valueOfTensor) ?? [];
    if (given.length === 0) return refuse('it has no input');
    graph.scope = layer.name;
    const config = layer.getConfig();
    return writer({
      graph,
      name: layer.name,
      kind,
      config,
      inputs: given,
      outputShape: tensor.shape,
      weights: own,
      refuse,
    });
  };

  return model.outputs.map(valueOfTensor);
}
