import type { Sequential } from '@tensorflow/tfjs-layers';
import { edgeLayers } from './edge-layers.js';

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
