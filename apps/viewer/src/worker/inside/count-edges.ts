import { edgesOf } from './edges-of.js';
import type { OpenedHead } from './opened-head.js';

/** Edges of a head, before and after pruning. */
export function countEdges({ model, pruned }: OpenedHead): { readonly before: number; readonly after: number } {
  if (pruned) return pruned.edges;
  const edges = edgesOf(model);
  return { before: edges, after: edges };
}
