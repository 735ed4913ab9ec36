import type { Sequential } from '@tensorflow/tfjs-layers';
import { edgeLayers } from './edge-layers.js';
import type { OpenedHead } from './opened-head.js';

/** Edges of a head, before and after pruning. */
export function countEdges({ model, pruned }: OpenedHead): { readonly before: number; readonly after: number } {
  if (pruned) return pruned.edges;
  const edges = edgesOf(model);
  return { before: edges, after: edges };
}

/** Edges of all layers. */
export function edgesOf(head: Sequential): number {
  let inputs = head.inputs[0]!.shape.at(-1)!;
  let edges = 0;
  for (const { units } of edgeLayers(head)) {
    edges += inputs * units;
    inputs = units;
  }
  return edges;
}
