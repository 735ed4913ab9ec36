import { RendererError } from '@kanrecon/dataset/node';

/**
 * What can be wrong with a Blender:
 *
 * - `missing`: it cannot be started
 * - `unsuitable`: what was started is no Blender, or one that is too old
 * - `failed`: it ended or reported an error while it was needed
 */
export type BlenderErrorKind = 'missing' | 'unsuitable' | 'failed';

/** Blender cannot be used. The message is one sentence for people. */
export class BlenderError extends RendererError {
  override readonly name = 'BlenderError';

  constructor(
    readonly kind: BlenderErrorKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  override withNote(note: string): BlenderError {
    return new BlenderError(this.kind, this.message + note, { cause: this });
  }
}
