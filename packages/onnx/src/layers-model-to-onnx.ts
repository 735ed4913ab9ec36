import { checkOptions } from '@kanrecon/image';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { OnnxExportError } from './export-error.js';
import { GraphBuilder } from './graph/graph-builder.js';
import type { OnnxValue } from './graph/onnx-model.js';
import { encodeModel } from './proto/encode-model.js';
import { readNetworkWeights, writeNetwork } from './write-network.js';

/** Options of {@link layersModelToOnnx}. */
export interface LayersModelToOnnxOptions {
  /** Texts that are kept in the file (`metadata_props`). */
  readonly metadata?: Readonly<Record<string, string>>;
  /** What the network is, in a sentence. */
  readonly description?: string;
}

const defaults: Required<LayersModelToOnnxOptions> = { metadata: {}, description: '' };

/**
 * A network of TensorFlow.js as an ONNX file, as it predicts (dropout does nothing, batch norms use their moving statistics). Inputs and
 * outputs have the names of their layers; the batch is open. Images and maps, [batch, height, width, channels] in TensorFlow.js, are
 * [batch, channels, height, width] in the file, as everywhere in ONNX. Weights are single precision.
 *
 * @returns the file's bytes
 * @throws OnnxExportError naming the layer that is not covered: `coveredLayers` are
 */
export async function layersModelToOnnx(
  model: LayersModel,
  options: LayersModelToOnnxOptions = {},
): Promise<Uint8Array> {
  const caller = 'layersModelToOnnx';
  checkOptions(caller, options, defaults);
  const { metadata = defaults.metadata, description = defaults.description } = options;
  const inputs = model.inputs.map(({ sourceLayer, shape }) => describedValue(sourceLayer.name, shape));
  const outputs = model.outputs.map(({ sourceLayer, shape }) => describedValue(`${sourceLayer.name}.output`, shape));
  const names = [...inputs, ...outputs].map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new OnnxExportError(`${caller}: ${twice} is a name of two inputs or outputs`);
  const graph = new GraphBuilder(names);
  const weights = await readNetworkWeights(caller, model);
  const values = writeNetwork(caller, graph, model, weights, names.slice(0, inputs.length));
  values.forEach(({ name }, index) => void graph.output(outputs[index]!.name, name));
  const { nodes, tensors } = graph;
  return encodeModel({ name: model.name, description, nodes, tensors, inputs, outputs, metadata });
}

function describedValue(name: string, shape: readonly (number | null)[]): OnnxValue {
  const [, ...sides] = shape.length === 4 ? [0, 3, 1, 2].map((axis) => shape[axis]!) : shape;
  return { name, shape: ['batch', ...sides.map((side, axis) => side ?? `${name}_${axis + 1}`)] };
}
