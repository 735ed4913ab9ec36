import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import type { HeadNames } from './head-names.js';

/** A layer of a head that is to be made. */
export interface HeadLayerOptions {
  readonly units: number;
  /** Size of what goes in. */
  readonly inputs: number;
  readonly seed: number;
  readonly name: string;
  /** Not the output layer. */
  readonly hidden: boolean;
}

/** What a head says of the targets. */
export interface DecodedTargets {
  /** [n, k], normalised: 0 and 1 are the ends of a target's range. Nothing is clipped. */
  readonly mean: Float32Array;
  /** [n, k], for a head that also says how sure it is: standard deviations on the same scale. */
  readonly spread?: Float32Array;
  /** [n, k] each, for a head that says so by intervals. */
  readonly interval?: { readonly lower: Float32Array; readonly upper: Float32Array };
}

/**
 * What a head's outputs mean: how many there are, what training makes small, and how targets are read off them. A head that only
 * predicts numbers is a {@link pointEstimate}; one that also says how sure it is has more outputs and another loss.
 */
export interface HeadOutputs {
  /** Outputs for k targets. */
  outputs(targets: number): number;
  /**
   * @param outputs [n, outputs(k)]
   * @param targets [n, k], normalised
   */
  loss(outputs: Tensor2D, targets: Tensor2D): Scalar;
  /**
   * @param outputs [n, outputs(k)], row-major
   * @param targets k
   */
  decode(outputs: Float32Array, targets: number): DecodedTargets;
}

/** A regression head: its names, its layers and what its outputs mean. One row of `headTable`. */
export interface HeadSpec extends HeadNames, HeadOutputs {
  /** A layer of it; a head is a stack of them. */
  layer(options: HeadLayerOptions): layers.Layer;
}
