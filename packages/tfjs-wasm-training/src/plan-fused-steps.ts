import type { Tensor } from '@tensorflow/tfjs-core';
import { convolutionStep } from './fused-steps/convolution-step.js';
import type { FusedStep, Match, StepFinder, UsedOnce } from './fused-steps/fused-step.js';
import { gatedStep } from './fused-steps/gated-step.js';
import { countUses, graphTensors } from './fused-steps/graph-tensors.js';
import { inferenceStep } from './fused-steps/inference-step.js';
import { normStep } from './fused-steps/norm-step.js';
import { squeezeExciteStep } from './fused-steps/squeeze-excite-step.js';
import type { GraphModel, GraphTensor } from './layers-model.js';

/** Layers that hand masks on, which fused steps know nothing of. */
const MASKING = ['Masking', 'Embedding'];

/** What is fused in training: nothing that has no gradient. */
const trainingSteps = [normStep, squeezeExciteStep, convolutionStep].map(ofThoseUsedOnce);
/** What is fused in inference. */
const inferenceSteps = [inferenceStep, gatedStep, ofThoseUsedOnce(convolutionStep)];

/**
 * The steps of a model in an order that works: groups of layers that src/fused-steps knows are one step each, every other
 * layer is itself. Undefined where a layer makes masks.
 */
export function planFusedSteps(model: GraphModel, training = true): FusedStep[] | undefined {
  const tensors = graphTensors(model);
  if (tensors.some(({ sourceLayer }) => MASKING.includes(sourceLayer.getClassName()))) return undefined;
  const uses = countUses(model, tensors);
  const useCount = (tensor: GraphTensor) => (model.inputs.includes(tensor) ? 0 : uses.get(tensor.id)!);
  const finders = training ? trainingSteps : inferenceSteps;
  const steps: FusedStep[] = [];
  const covered = new Set<number>();
  // Backwards, so that the last layer of a group claims those before it.
  for (const tensor of [...tensors].reverse()) {
    if (covered.has(tensor.id) || model.inputs.includes(tensor)) continue;
    const match = firstMatch(finders, tensor, useCount) ?? layerStep(tensor, tensors, training);
    if (!match) continue;
    const { step, inner } = match;
    for (const { id } of [...inner, ...step.outputs]) covered.add(id);
    steps.push(step);
  }
  return steps.reverse();
}

function firstMatch(finders: readonly StepFinder[], ...place: Parameters<StepFinder>): Match | undefined {
  for (const find of finders) {
    const match = find(...place);
    if (match) return match;
  }
  return undefined;
}

function ofThoseUsedOnce(find: (tensor: GraphTensor, usedOnce: UsedOnce) => Match | undefined): StepFinder {
  return (tensor, uses) => find(tensor, (one) => uses(one) === 1);
}

/** A layer's own step, where the first of its outputs stands; undefined for the others. */
function layerStep(tensor: GraphTensor, tensors: readonly GraphTensor[], training: boolean): Match | undefined {
  const { sourceLayer, nodeIndex, inputs } = tensor;
  const outputs = tensors.filter((other) => other.sourceLayer === sourceLayer && other.nodeIndex === nodeIndex);
  if (outputs[0] !== tensor) return undefined;
  const run = (values: Tensor[]) => {
    const results = [sourceLayer.apply(values, { training })].flat() as Tensor[];
    return outputs.map(({ tensorIndex }) => results[tensorIndex]!);
  };
  return { step: { inputs, outputs, run }, inner: [] };
}
