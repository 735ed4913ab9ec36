import type { NamedTensorMap, Tensor, Variable } from '@tensorflow/tfjs-core';

/** Where a replica stands among its likes. */
export interface ReplicaPlace {
  /** From 0 to workers − 1. */
  readonly rank: number;
  readonly workers: number;
}

/** What a replica found on its share of a batch. */
export interface ShareResult {
  /** Mean loss over the share's samples. */
  readonly loss: number;
  /** Gradients of that mean, in the order of {@link Replica.parameters}. They are disposed after use. */
  readonly gradients: readonly Tensor[];
}

/**
 * One worker's copy of the network and its optimizer. All replicas must be built with the same bits.
 *
 * @typeParam Share what a worker is given of a batch
 * @typeParam Common what all workers are told at a step: the learning rate, the step's number
 */
export interface Replica<Share = unknown, Common = unknown> {
  /** What training changes, in an order that is the same in every replica. Float32. */
  readonly parameters: readonly Variable[];
  /**
   * What the forward pass itself changes: the moving statistics of BatchNorm. After each step they are averaged over the
   * workers as gradients are, so that replicas stay equal.
   */
  readonly statistics?: readonly Variable[];
  /** Forward and backward on this worker's share. Not called in a step in which the worker has none. */
  computeGradients(share: Share, common: Common): ShareResult | Promise<ShareResult>;
  /** The optimizer's step, with the whole batch's gradients by the names of the parameters, in their order. */
  applyGradients(gradients: NamedTensorMap, common: Common): void;
  /** Answers `DataParallel.ask`, for example with the optimizer's state. Both ways by structured clone. */
  answer?(question: unknown): unknown;
}

/** Builds a replica in its worker: start the backend, make or load the network there. */
export type CreateReplica<Setup = unknown, Share = unknown, Common = unknown> = (
  setup: Setup,
  place: ReplicaPlace,
) => Replica<Share, Common> | Promise<Replica<Share, Common>>;
