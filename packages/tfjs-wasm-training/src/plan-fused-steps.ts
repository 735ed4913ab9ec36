import type { Tensor } from '@tensorflow/tfjs-core';
import { convolutionStep } from './fused-steps/convolution-step.js';
import type { FusedStep, Match } from './fused-steps/fused-step.js';
import { countUses, graphTensors } from './fused-steps/graph-tensors.js';
import { normStep } from './fused-steps/norm-step.js';
import { squeezeExciteStep } from './fused-steps/squeeze-excite-step.js';
import type { GraphModel, GraphTensor } from './layers-model.js';

/** Layers that hand masks on, which fused steps know nothing of. */
const MASKING = ['Masking', 'Embedding'];

/**
 * The steps of a model in an order that works: groups of layers that src/fused-steps knows are one step each, every other
 * layer is itself. Undefined where a layer makes masks.
 */
export function planFusedSteps(model: GraphModel): FusedStep[] | undefined {
  const tensors = graphTensors(model);
  if (tensors.some(({ sourceLayer }) => MASKING.includes(sourceLayer.getClassName()))) return undefined;
  const uses = countUses(model, tensors);
  const usedOnce = (tensor: GraphTensor) => uses.get(tensor.id) === 1 && !model.inputs.includes(tensor);
  const steps: FusedStep[] = [];
  const covered = new Set<number>();
  // Backwards, so that the last layer of a group claims those before it.
  for (const tensor of [...tensors].reverse()) {
    if (covered.has(tensor.id) || model.inputs.includes(tensor)) continue;
    const match =
      normStep(tensor, usedOnce) ??
      squeezeExciteStep(tensor, usedOnce) ??
      convolutionStep(tensor, usedOnce) ??
      layerStep(tensor, tensors);
    if (!match) continue;
    const { step, inner } = match;
    for (const { id } of [...inner, ...step.outputs]) covered.add(id);
    steps.push(step);
  }
  return steps.reverse();
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
