import { mul, sub, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { fusedBatchNorm, type NormActivation } from './fused-batch-norm.js';
import type { GraphModel, GraphTensor, LayerWeight, ModelLayer } from './layers-model.js';
import { squeezeExcite } from './squeeze-excite.js';

/** One step of a model in training mode: what it reads, what it makes, how. */
export interface FusedStep {
  inputs: readonly GraphTensor[];
  outputs: readonly GraphTensor[];
  run(inputs: Tensor[]): Tensor[];
}

/** Layers that hand masks on, which fused steps know nothing of. */
const MASKING = ['Masking', 'Embedding'];

/**
 * The steps of a model in an order that works: BatchNormalization with the Activation (relu, swish) that alone follows it is
 * one step, a squeeze-and-excitation block is one step, every other layer is itself. Undefined where a layer makes masks.
 */
export function planFusedSteps(model: GraphModel): FusedStep[] | undefined {
  const tensors = graphTensors(model);
  if (tensors.some(({ sourceLayer }) => MASKING.includes(sourceLayer.getClassName()))) return undefined;
  const uses = countUses(model, tensors);
  const usedOnce = (tensor: GraphTensor) => uses.get(tensor.id) === 1;
  const steps: FusedStep[] = [];
  const covered = new Set<number>();
  // Backwards, so that the last layer of a group claims those before it.
  for (const tensor of [...tensors].reverse()) {
    if (covered.has(tensor.id) || model.inputs.includes(tensor)) continue;
    const match = normStep(tensor, usedOnce) ?? squeezeExciteStep(tensor, usedOnce) ?? layerStep(tensor, tensors);
    if (!match) continue;
    const { step, inner } = match;
    for (const { id } of [...inner, ...step.outputs]) covered.add(id);
    steps.push(step);
  }
  return steps.reverse();
}

interface Match {
  step: FusedStep;
  /** Tensors that the step does not make: they lie inside it. */
  inner: readonly GraphTensor[];
}

/** A layer's own step, where the first of its outputs stands; undefined for the others. */
function layerStep(tensor: GraphTensor, tensors: readonly GraphTensor[]): Match | undefined {
  const { sourceLayer, nodeIndex, inputs } = tensor;
  const outputs = tensors.filter((other) => other.sourceLayer === sourceLayer && other.nodeIndex === nodeIndex);
  if (outputs[0] !== tensor) return undefined;
  const run = (values: Tensor[]) => {
    const results = [sourceLayer.apply(values, { training: true })].flat() as Tensor[];
    return outputs.map(({ tensorIndex }) => results[tensorIndex]!);
  };
  return { step: { inputs, outputs, run }, inner: [] };
}

function normStep(output: GraphTensor, usedOnce: (tensor: GraphTensor) => boolean): Match | undefined {
  const activation = activationOf(output.sourceLayer);
  const before = activation && output.inputs[0];
  if (before && usedOnce(before) && isPlainNorm(before)) return norm(before, output, activation, [before]);
  return isPlainNorm(output) ? norm(output, output, 'linear', []) : undefined;
}

function norm(place: GraphTensor, output: GraphTensor, activation: NormActivation, inner: GraphTensor[]): Match {
  const layer = place.sourceLayer;
  const { momentum, epsilon } = layer.getConfig() as { momentum: number; epsilon: number };
  const run = ([x]: Tensor[]) => {
    const [gamma, beta, movingMean, movingVariance] = layer.weights as [
      LayerWeight,
      LayerWeight,
      LayerWeight,
      LayerWeight,
    ];
    const result = fusedBatchNorm(x!, gamma.read(), beta.read(), { epsilon, activation });
    for (const [weight, value] of [
      [movingMean, result.mean],
      [movingVariance, result.variance],
    ] as const) {
      const old = weight.read();
      weight.write(sub(old, mul(sub(old, value), 1 - momentum))); // as the layer does
    }
    return [result.output];
  };
  return { step: { inputs: place.inputs, outputs: [output], run }, inner };
}

function isPlainNorm({ sourceLayer, shape }: GraphTensor): boolean {
  if (sourceLayer.getClassName() !== 'BatchNormalization') return false;
  const { axis, center, scale } = sourceLayer.getConfig() as { axis: number; center: boolean; scale: boolean };
  return center && scale && shape.length <= 4 && (axis === -1 || axis === shape.length - 1);
}

function activationOf(layer: ModelLayer): NormActivation | undefined {
  if (layer.getClassName() !== 'Activation') return undefined;
  const { activation } = layer.getConfig();
  return activation === 'relu' || activation === 'swish' ? activation : undefined;
}

/** x · conv(sigmoid)(conv(swish)(reshape(mean(x)))) */
function squeezeExciteStep(output: GraphTensor, usedOnce: (tensor: GraphTensor) => boolean): Match | undefined {
  if (output.sourceLayer.getClassName() !== 'Multiply' || output.inputs.length !== 2) return undefined;
  const [x, excited] = output.inputs as [GraphTensor, GraphTensor];
  const squeezed = pointConvolution(excited, 'sigmoid') ? excited.inputs[0] : undefined;
  const map = squeezed && pointConvolution(squeezed, 'swish') ? squeezed.inputs[0] : undefined;
  const means = map?.sourceLayer.getClassName() === 'Reshape' ? map.inputs[0] : undefined;
  if (!squeezed || !map || means?.sourceLayer.getClassName() !== 'GlobalAveragePooling2D') return undefined;
  const inner = [excited, squeezed, map, means];
  const fits = means.inputs[0] === x && isChannelsLast(means.sourceLayer) && inner.every(usedOnce);
  if (!fits || map.shape.slice(1).join() !== [1, 1, x.shape[3]].join()) return undefined;
  const run = ([value]: Tensor[]) => {
    const [squeezeKernel, squeezeBias] = squeezed.sourceLayer.weights.map((weight) => weight.read()) as [
      Tensor,
      Tensor,
    ];
    const [exciteKernel, exciteBias] = excited.sourceLayer.weights.map((weight) => weight.read()) as [Tensor, Tensor];
    return [squeezeExcite(value as Tensor4D, { squeezeKernel, squeezeBias, exciteKernel, exciteBias })];
  };
  return { step: { inputs: [x], outputs: [output], run }, inner };
}

/** Whether a tensor is a 1 × 1 convolution with a bias, of one pixel, with the activation. */
function pointConvolution({ sourceLayer }: GraphTensor, wanted: string): boolean {
  if (sourceLayer.getClassName() !== 'Conv2D' || !isChannelsLast(sourceLayer)) return false;
  const { kernelSize, strides, useBias, activation } = sourceLayer.getConfig();
  return [kernelSize, strides].flat().every((size) => size === 1) && useBias === true && activation === wanted;
}

function isChannelsLast(layer: ModelLayer): boolean {
  return layer.getConfig().dataFormat !== 'channelsFirst';
}

/** Every tensor of the graph, each after those it depends on. */
function graphTensors(model: GraphModel): GraphTensor[] {
  const found = new Map<number, GraphTensor>();
  const visit = (tensor: GraphTensor) => {
    if (found.has(tensor.id)) return;
    if (!model.inputs.includes(tensor)) tensor.inputs.forEach(visit);
    found.set(tensor.id, tensor);
  };
  model.outputs.forEach(visit);
  return [...found.values()];
}

/** How often each tensor is read; an output of the model counts as read once more. */
function countUses(model: GraphModel, tensors: readonly GraphTensor[]): Map<number, number> {
  const uses = new Map<number, number>();
  const count = ({ id }: GraphTensor) => uses.set(id, (uses.get(id) ?? 0) + 1);
  model.outputs.forEach(count);
  for (const tensor of tensors) if (!model.inputs.includes(tensor)) tensor.inputs.forEach(count);
  return uses;
}
