/** A worker failed, and the training with it. `cause` is what was thrown in the worker, where something was: an Error with the same
 * message and the same plain properties (such as `code`). */
export class ReplicaError extends Error {
  override readonly name = 'ReplicaError';

  /** @param rank which worker failed, from 0 */
  constructor(
    message: string,
    readonly rank: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
