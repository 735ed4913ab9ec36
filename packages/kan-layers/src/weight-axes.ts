import type { LayerVariable } from '@tensorflow/tfjs-layers';

/** How a weight lies over a layer's edges. */
export interface WeightAxes {
  readonly variable: LayerVariable;
  /** The axis that counts the inputs; null if none does. */
  readonly inputs: number | null;
  /** The axis that counts the units; null if none does. */
  readonly units: number | null;
  /** Whether the function of edge (input, unit) is 0 everywhere once all weights of this mark are 0 there. */
  readonly vanishes: boolean;
  /** Which indices of the inputs' axis stay when these inputs stay (ascending), where an index is not one input. */
  indicesOf?(inputs: readonly number[]): readonly number[];
}
