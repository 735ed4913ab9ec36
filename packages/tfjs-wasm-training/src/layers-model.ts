import type { Tensor } from '@tensorflow/tfjs-core';

// What is used of tfjs-layers, by structure: this package does not import it.

/** A weight of a layer. */
export interface LayerWeight {
  read(): Tensor;
  write(value: Tensor): unknown;
}

/** A layer. */
export interface ModelLayer {
  name: string;
  weights: LayerWeight[];
  getClassName(): string;
  getConfig(): Record<string, unknown>;
  apply(inputs: Tensor | Tensor[], options?: Record<string, unknown>): Tensor | Tensor[] | unknown;
}

/** The place of a tensor in a model's graph (SymbolicTensor). */
export interface GraphTensor {
  id: number;
  shape: (number | null)[];
  sourceLayer: ModelLayer;
  inputs: GraphTensor[];
  nodeIndex: number;
  tensorIndex: number;
}

/** A functional or sequential model (LayersModel). */
export interface GraphModel {
  layers: unknown[];
  inputs: GraphTensor[];
  outputs: GraphTensor[];
  apply(inputs: Tensor | Tensor[], options?: Record<string, unknown>): unknown;
}
