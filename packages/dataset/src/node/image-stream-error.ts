/** A thread of an image stream has failed, or ended. `cause` is what it failed with: a SurfaceError if an object cannot be drawn or seen. */
export class ImageStreamError extends Error {
  override readonly name = 'ImageStreamError';

  /** @param reason what happened, without the name of a function: "batch 3 failed: …" */
  constructor(
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`openImageStream: ${reason}`, options);
  }
}
