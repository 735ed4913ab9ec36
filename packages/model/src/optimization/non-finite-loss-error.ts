/** The loss of a training step is no finite number; nothing was changed by the step. */
export class NonFiniteLossError extends Error {
  override readonly name = 'NonFiniteLossError';
  /** Tells the error apart where the class is lost, as on its way from another thread. */
  readonly code = 'ERR_LOSS_NOT_FINITE';

  /**
   * @param value the loss: NaN, Infinity or -Infinity
   * @param step which step of the training, from 0
   */
  constructor(
    readonly value: number,
    readonly step: number,
  ) {
    super(
      `trainStep: the loss is ${value} at step ${step}; expected a finite number. Try a lower learning rate, and look for wrong targets`,
    );
  }
}
