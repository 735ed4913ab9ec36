import type { GraphModel, GraphTensor } from '../layers-model.js';

/** Every tensor of the graph, each after those it depends on. */
export function graphTensors(model: GraphModel): GraphTensor[] {
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
export function countUses(model: GraphModel, tensors: readonly GraphTensor[]): Map<number, number> {
  const uses = new Map<number, number>();
  const count = ({ id }: GraphTensor) => uses.set(id, (uses.get(id) ?? 0) + 1);
  model.outputs.forEach(count);
  for (const tensor of tensors) if (!model.inputs.includes(tensor)) tensor.inputs.forEach(count);
  return uses;
}
