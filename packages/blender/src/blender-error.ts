/**
 * What can be wrong with a Blender:
 *
 * - `missing`: it cannot be started
 * - `unsuitable`: what was started is no Blender, or one that is too old
 * - `failed`: it ended or reported an error while it was needed
 */
export type BlenderErrorKind = 'missing' | 'unsuitable' | 'failed';

/** Blender cannot be used. The message is one sentence for people. */
export class BlenderError extends Error {
  override readonly name = 'BlenderError';

  constructor(
    readonly kind: BlenderErrorKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
