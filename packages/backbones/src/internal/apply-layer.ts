import type { layers, SymbolicTensor } from '@tensorflow/tfjs-layers';

/** Applies a layer with one output to symbolic tensors (`Layer.apply` is typed for every possible case). */
export function applyLayer(layer: layers.Layer, inputs: SymbolicTensor | SymbolicTensor[]): SymbolicTensor {
  return layer.apply(inputs) as SymbolicTensor;
}
