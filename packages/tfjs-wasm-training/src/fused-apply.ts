import { type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { FusedStep } from './fused-steps/fused-step.js';
import type { GraphModel } from './layers-model.js';
import { planFusedSteps } from './plan-fused-steps.js';

const plans = new WeakMap<GraphModel, { steps: FusedStep[] | undefined }>();

/**
 * `model.apply(inputs, { training: true })` of a tfjs-layers model with fused steps in place of groups of layers:
 * BatchNormalization with the relu or swish Activation behind it (and without), squeeze-and-excitation blocks. The model
 * stays as it is: its weights are read, its moving statistics updated as the layers would, gradients flow to the same
 * variables. Works on every backend; it is faster on WASM with enableWasmTraining(). Nested models are called as they are.
 *
 * @returns one tensor for each output of the model: the tensor itself if there is one output
 */
export function fusedApply(model: object, inputs: Tensor | Tensor[]): Tensor | Tensor[] {
  const graph = model as GraphModel;
  let plan = plans.get(graph);
  if (!plan) {
    plan = { steps: planFusedSteps(graph) };
    plans.set(graph, plan);
  }
  const { steps } = plan;
  if (!steps) return graph.apply(inputs, { training: true }) as Tensor | Tensor[];
  const given = [inputs].flat();
  if (given.length !== graph.inputs.length) {
    throw new Error(`fusedApply: expected ${graph.inputs.length} inputs for this model, got ${given.length}`);
  }
  return tidy(() => {
    const values = new Map(graph.inputs.map(({ id }, i) => [id, given[i]!]));
    for (const { inputs, outputs, run } of steps) {
      const results = run(inputs.map(({ id }) => values.get(id)!));
      outputs.forEach(({ id }, i) => {
        values.set(id, results[i]!);
      });
    }
    const results = graph.outputs.map(({ id }) => values.get(id)!);
    return results.length === 1 ? results[0]! : results;
  });
}
