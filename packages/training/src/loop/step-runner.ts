/** Where in the training a step stands. */
export interface StepPosition {
  /** Number in the whole training, from 0. */
  step: number;
  learningRate: number;
}

/** Carries out training steps, in this thread or in several others. */
export interface StepRunner {
  /**
   * Has taken what it needs of both arrays when it returns its promise: the next batch may be made in them while the step goes on.
   *
   * @param images RGB bytes [n, size, size, 3], or the features that a frozen backbone has of them [n, features]
   * @param targets normalised parameters [n, k]
   * @returns the batch's mean loss before the step
   */
  step(images: Uint8Array | Float32Array, targets: Float32Array, position: StepPosition): Promise<number>;
  /**
   * Brings the session's network and optimizer to where training stands; to be called before they are used otherwise. Where the weights'
   * moving average is kept, the network has it, and the optimizer's state has the weights that are trained.
   */
  synchronise(): Promise<void>;
  close(): Promise<void>;
}
