import { checkOptions } from '@kanrecon/image';
import {
  type DescribeNetworkOptions,
  describeNetwork,
  gaussianEstimate,
  gaussianLogVariance,
  pointEstimate,
  type Reconstructor,
} from '@kanrecon/model';
import { OnnxExportError } from './export-error.js';
import { GraphBuilder } from './graph/graph-builder.js';
import type { OnnxValue } from './graph/onnx-model.js';
import { encodeModel, onnxOpset } from './proto/encode-model.js';
import { readNetworkWeights, writeNetwork } from './write-network.js';

/** Options of {@link toOnnx}. */
export interface ToOnnxOptions extends DescribeNetworkOptions {}

const names: Required<ToOnnxOptions> = { licence: '' };

/**
 * A reconstructor as an ONNX file, with all that stands between an image and numbers in units but the resize:
 *
 * - input `image`, float32 [batch, 3, imageSize, imageSize]: RGB values in [0, 1], rows from the top. Mean and deviation are in the graph;
 * - output `parameters`, float32 [batch, targets]: in units. Nothing is clipped;
 * - output `normalized`, likewise: 0 and 1 are the ends of a target's range;
 * - output `spread`, likewise, of a head that says how sure it is: standard deviations on the scale of `normalized`.
 *
 * Names, ranges and units of the targets, how images are brought to size, scene, scores and calibration are among the file's
 * `metadata_props` (`describeNetwork` of @kanrecon/model). The batch is open, weights are single precision, operators are of opset 13.
 *
 * @returns the file's bytes
 * @throws OnnxExportError naming the layer that is not covered
 */
export async function toOnnx(reconstructor: Reconstructor, options: ToOnnxOptions = {}): Promise<Uint8Array> {
  const caller = 'toOnnx';
  checkOptions(caller, options, names);
  const { model, config, targets, head, name } = reconstructor;
  const sure = head.decode === gaussianEstimate.decode;
  if (!sure && head.decode !== pointEstimate.decode) {
    throw new OnnxExportError(`${caller}: the meaning of the outputs of the head ${head.name} is not known`);
  }
  const weights = await readNetworkWeights(caller, model);
  const inputs = [imageValue(config.imageSize)];
  const outputs = outputValues(targets.length, sure);
  const graph = new GraphBuilder([...inputs, ...outputs].map((value) => value.name));
  graph.scope = 'preprocessing';
  const channels = (values: number | readonly number[]) =>
    [0, 1, 2].map((c) => (Array.isArray(values) ? values[c] : values));
  const centred = graph.sub('image', graph.tensor('mean', [1, 3, 1, 1], channels(config.mean)));
  const image = graph.div(centred, graph.tensor('std', [1, 3, 1, 1], channels(config.std)));
  const [network] = writeNetwork(caller, graph, model, weights, [image]);
  graph.scope = 'outputs';
  const count = targets.length;
  const means = sure ? graph.slice(network!.name, 0, count) : network!.name;
  const range = graph.tensor(
    'range',
    [count],
    targets.map(({ min, max }) => max - min),
  );
  const least = graph.tensor(
    'min',
    [count],
    targets.map(({ min }) => min),
  );
  graph.output('parameters', graph.add(graph.mul(means, range), least));
  graph.output('normalized', means);
  if (sure) graph.output('spread', spreadOf(graph, graph.slice(network!.name, count, 2 * count)));
  const { nodes, tensors } = graph;
  const description = `${name}: reads ${targets.map((target) => target.name).join(', ')} off an image. Input ${inputs[0]!.description}. Opset ${onnxOpset}.`;
  const metadata = { ...describeNetwork(reconstructor, options), ...describeValues([...inputs, ...outputs]) };
  return encodeModel({ name, description, nodes, tensors, inputs, outputs, metadata });
}

function imageValue(side: number): OnnxValue {
  const description = `float32 [batch, 3, ${side}, ${side}]: RGB values in [0, 1], rows from the top; the graph subtracts the mean and divides by the deviation`;
  return { name: 'image', shape: ['batch', 3, side, side], description };
}

function outputValues(count: number, sure: boolean): OnnxValue[] {
  const shape = ['batch', count];
  const values = {
    parameters: 'the targets in units, in the order of kanrecon.targets; nothing is clipped',
    normalized: 'the same, 0 and 1 being the ends of each range',
    ...(sure && { spread: 'how sure the network is: standard deviations on the scale of normalized' }),
  };
  return Object.entries(values).map(([name, meaning]) => ({
    name,
    shape,
    description: `float32 [batch, ${count}]: ${meaning}`,
  }));
}

function describeValues(values: readonly OnnxValue[]): Record<string, string> {
  return Object.fromEntries(values.map(({ name, description }) => [`kanrecon.value.${name}`, description!]));
}

/** The standard deviations of outputs that stand for log variances: see `gaussianEstimate` of @kanrecon/model. */
function spreadOf(graph: GraphBuilder, outputs: string): string {
  const { half, middle, offset } = gaussianLogVariance;
  const turn = graph.node('Tanh', [graph.add(graph.times(outputs, 1 / half), graph.scalar(offset))]);
  return graph.node('Exp', [graph.add(graph.times(turn, half / 2), graph.scalar(middle / 2))]);
}
