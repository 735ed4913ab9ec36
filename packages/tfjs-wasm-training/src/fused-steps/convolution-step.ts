import { type backend_util, depthwiseConv2d, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { concatConv2d } from '../concat-conv2d.js';
import { currentRuntime } from '../current-runtime.js';
import type { GraphTensor, ModelLayer } from '../layers-model.js';
import { runsAsWritten } from './apply-layers.js';
import type { Match, UsedOnce } from './fused-step.js';
import { isChannelsLast } from './is-channels-last.js';

/** A convolution of a model, with the zeros that are put around its input. */
export interface Convolution {
  layer: ModelLayer;
  /** What it reads: the tensor before the padding. */
  input: GraphTensor;
  /** Tensors between input and output. */
  inner: readonly GraphTensor[];
  strides: [number, number];
  pad: 'valid' | 'same' | backend_util.ExplicitPadding;
  dilations: [number, number];
  activation: string;
  useBias: boolean;
}

/**
 * Conv2D, with the ZeroPadding2D before it and the relu Activation behind it, also where several of one input are
 * concatenated (a fire module); and DepthwiseConv2D with the ZeroPadding2D before it.
 */
export function convolutionStep(output: GraphTensor, usedOnce: UsedOnce): Match | undefined {
  const { sourceLayer } = output;
  const before = isRelu(sourceLayer) ? output.inputs[0] : undefined;
  const behindRelu = before && usedOnce(before) ? convolutions(before, usedOnce) : undefined;
  if (behindRelu?.every(({ activation }) => activation === 'linear')) {
    const inner = [before!, ...innerTensors(before!, behindRelu)];
    return match(output, behindRelu, inner, 'relu');
  }
  const found = convolutions(output, usedOnce);
  if (found) {
    const [{ activation }] = found as [Convolution];
    if (found.every((one) => one.activation === activation) && (activation === 'linear' || activation === 'relu')) {
      return match(output, found, innerTensors(output, found), activation);
    }
  }
  return paddedDepthwiseStep(output, usedOnce);
}

/** The convolutions whose joined output a tensor is: one, or those that a Concatenate joins. */
function convolutions(tensor: GraphTensor, usedOnce: UsedOnce): Convolution[] | undefined {
  if (tensor.sourceLayer.getClassName() !== 'Concatenate') {
    const single = convolution(tensor, 'Conv2D', usedOnce);
    return single && [single];
  }
  const { axis } = tensor.sourceLayer.getConfig() as { axis: number };
  if (tensor.shape.length !== 4 || (axis !== -1 && axis !== 3) || !tensor.inputs.every(usedOnce)) return undefined;
  const parts = tensor.inputs.map((input) => convolution(input, 'Conv2D', usedOnce));
  const same = parts.every((part) => part?.input === parts[0]?.input && part?.useBias === parts[0]?.useBias);
  return same && parts[0] ? (parts as Convolution[]) : undefined;
}

function innerTensors(output: GraphTensor, found: readonly Convolution[]): GraphTensor[] {
  const joined = output.sourceLayer.getClassName() === 'Concatenate' ? output.inputs : [];
  return [...joined, ...found.flatMap(({ inner }) => inner)];
}

function match(
  output: GraphTensor,
  found: readonly Convolution[],
  inner: readonly GraphTensor[],
  activation: 'linear' | 'relu',
): Match {
  const [{ input }] = found as [Convolution];
  const run = ([x]: Tensor[]) => {
    if (!currentRuntime() || !asWritten(output, inner)) return [applyLayers(output, input, x!)];
    const branches = found.map(({ layer, useBias, strides, pad, dilations }) => {
      const [filter, bias] = layer.weights.map((weight) => weight.read()) as [Tensor, Tensor];
      return { filter, strides, pad, dilations, ...(useBias && { bias }) };
    });
    return [concatConv2d(x as Tensor4D, branches, { activation })];
  };
  return { step: { inputs: [input], outputs: [output], run }, inner };
}

function asWritten(output: GraphTensor, inner: readonly GraphTensor[]): boolean {
  return [output, ...inner].every(({ sourceLayer }) => runsAsWritten(sourceLayer));
}

/** Without the padding it is a layer like any other. */
function paddedDepthwiseStep(output: GraphTensor, usedOnce: UsedOnce): Match | undefined {
  const found = convolution(output, 'DepthwiseConv2D', usedOnce);
  if (!found || found.inner.length === 0 || found.useBias || found.activation !== 'linear') return undefined;
  const { layer, input, inner, strides, pad, dilations } = found;
  const run = ([x]: Tensor[]) => {
    if (!currentRuntime() || !asWritten(output, inner)) return [applyLayers(output, input, x!)];
    const filter = layer.weights[0]!.read() as Tensor4D;
    // Explicit padding works, though this function's types do not know it.
    return [depthwiseConv2d(x as Tensor4D, filter, strides, pad as 'valid', 'NHWC', dilations)];
  };
  return { step: { inputs: [input], outputs: [output], run }, inner };
}

/** The convolution that makes a tensor, if one of that class does and images are channels last. */
export function convolution(
  tensor: GraphTensor,
  className: 'Conv2D' | 'DepthwiseConv2D',
  usedOnce: UsedOnce,
): Convolution | undefined {
  const layer = tensor.sourceLayer;
  if (layer.getClassName() !== className || !isChannelsLast(layer)) return undefined;
  const config = layer.getConfig() as Record<string, unknown>;
  const { strides, padding, dilationRate, activation, useBias } = config as Record<string, never>;
  if (padding !== 'valid' && padding !== 'same') return undefined;
  const shared = {
    layer,
    strides: pair(strides),
    // DepthwiseConv2D pays no heed to it.
    dilations: pair(className === 'Conv2D' ? dilationRate : 1),
    activation: activation ?? 'linear',
    useBias,
  };
  const [input] = tensor.inputs as [GraphTensor];
  const zeros = padding === 'valid' && usedOnce(input) ? zeroPadding(input.sourceLayer) : undefined;
  if (!zeros) return { ...shared, input, inner: [], pad: padding };
  return { ...shared, input: input.inputs[0]!, inner: [input], pad: [[0, 0], ...zeros, [0, 0]] };
}

/** Rows and columns of zeros around the image. */
function zeroPadding(layer: ModelLayer): [[number, number], [number, number]] | undefined {
  if (layer.getClassName() !== 'ZeroPadding2D' || !isChannelsLast(layer)) return undefined;
  return layer.getConfig().padding as [[number, number], [number, number]];
}

/** The layers from `input` to `output` as they are. */
function applyLayers(output: GraphTensor, input: GraphTensor, x: Tensor): Tensor {
  if (output === input) return x;
  const inputs = output.inputs.map((each) => applyLayers(each, input, x));
  return output.sourceLayer.apply(inputs, { training: true }) as Tensor;
}

function isRelu(layer: ModelLayer): boolean {
  return (
    (layer.getClassName() === 'Activation' && layer.getConfig().activation === 'relu') ||
    (layer.getClassName() === 'ReLU' && (layer.getConfig().maxValue ?? null) === null)
  );
}

function pair(value: number | [number, number]): [number, number] {
  return Array.isArray(value) ? value : [value, value];
}
