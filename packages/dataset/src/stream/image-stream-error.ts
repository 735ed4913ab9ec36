/** A thread of an image stream has failed, or ended. */
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
