/** A thread that draws images or shares in training steps has failed. `cause` is what it failed with. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError';
}
