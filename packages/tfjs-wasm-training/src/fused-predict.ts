import { engine, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { currentRuntime } from './current-runtime.js';
import type { FusedStep } from './fused-steps/fused-step.js';
import type { GraphModel } from './layers-model.js';
import { planFusedSteps } from './plan-fused-steps.js';

interface Plan {
  steps: FusedStep[];
  /** Tensors that no later step reads, by step. */
  unneeded: number[][];
}

const plans = new WeakMap<GraphModel, Plan | undefined>();

/**
 * `model.apply(inputs, { training: false })` of a tfjs-layers model, within rounding (a difference of 10⁻⁵ relative to the largest value at
 * most), with groups of layers as one step each: Conv2D and DepthwiseConv2D with the ZeroPadding2D before, and the BatchNormalization and
 * the relu, relu6, swish, sigmoid, Hardswish or Hardsigmoid behind; squeeze-and-excitation blocks; convolutions of one input that are
 * concatenated. The weights are read anew at each call: nothing grows stale when they are trained or loaded.
 *
 * On the WASM backend with enableWasmTraining(), and where no gradients are recorded; elsewhere it is `model.apply` itself. Nested models
 * are called as they are.
 *
 * @returns one tensor for each output of the model: the tensor itself if there is one output
 * @throws if the number of inputs is not the model's
 */
export function fusedPredict(model: object, inputs: Tensor | Tensor[]): Tensor | Tensor[] {
  const graph = model as GraphModel;
  if (!currentRuntime() || engine().isTapeOn()) return plainly(graph, inputs);
  if (!plans.has(graph)) plans.set(graph, plan(graph));
  const known = plans.get(graph);
  if (!known) return plainly(graph, inputs);
  const given = [inputs].flat();
  if (given.length !== graph.inputs.length) {
    throw new Error(`fusedPredict: expected ${graph.inputs.length} inputs for this model, got ${given.length}`);
  }
  graph.inputs.forEach(({ shape }, i) => {
    const got = given[i]!.shape;
    if (shape.length === got.length && shape.every((side, axis) => side === null || side === got[axis])) return;
    const expected = shape.map((side) => side ?? 'any').join(', ');
    throw new Error(`fusedPredict: input ${i} does not fit the model; expected [${expected}], got [${got.join(', ')}]`);
  });
  return tidy(() => {
    const values = new Map(graph.inputs.map(({ id }, i) => [id, given[i]!]));
    known.steps.forEach(({ inputs, outputs, run }, step) => {
      const results = run(inputs.map(({ id }) => values.get(id)!));
      outputs.forEach(({ id }, i) => {
        values.set(id, results[i]!);
      });
      for (const id of known.unneeded[step]!) {
        values.get(id)?.dispose();
        values.delete(id);
      }
    });
    const results = graph.outputs.map(({ id }) => values.get(id)!);
    return results.length === 1 ? results[0]! : results;
  });
}

function plainly(model: GraphModel, inputs: Tensor | Tensor[]): Tensor | Tensor[] {
  return model.apply(inputs, { training: false }) as Tensor | Tensor[];
}

function plan(model: GraphModel): Plan | undefined {
  const steps = planFusedSteps(model, false);
  if (!steps) return undefined;
  const last = new Map<number, number>();
  steps.forEach(({ inputs, outputs }, step) => {
    for (const { id } of [...outputs, ...inputs]) last.set(id, step);
  });
  // What was handed in, and what is handed back.
  for (const { id } of [...model.inputs, ...model.outputs]) last.delete(id);
  const unneeded = steps.map(() => [] as number[]);
  for (const [id, step] of last) unneeded[step]!.push(id);
  return { steps, unneeded };
}
