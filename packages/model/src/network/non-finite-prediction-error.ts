/** What a network answers is no number: its weights, or what it does with them, are ruined. */
export class NonFinitePredictionError extends Error {
  override readonly name = 'NonFinitePredictionError';

  /** @param target whose value it is */
  constructor(
    readonly target: string,
    readonly value: number,
  ) {
    super(
      `Reconstructor: the network's answer for ${target} is ${value}; expected a finite number: its weights (weights.bin) are damaged or were ruined in training`,
    );
  }
}
