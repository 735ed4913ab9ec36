import { withoutCaller } from '@kanrecon/image';
/**
 * What can be wrong with a stored reconstructor:
 *
 * - `missing`: a file, the folder or what an address names is not there, or cannot be read
 * - `not-a-model`: it is something else, such as a training's folder
 * - `other-version`: it is of a version of the format that is not known here
 * - `damaged`: it is not what was saved, or parts of two saves
 */
export type CheckpointErrorCode = 'missing' | 'not-a-model' | 'other-version' | 'damaged';

/** A stored reconstructor cannot be used: a file is missing, damaged, or of another version. The message is one sentence. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
  /** What a program may act on. */
  readonly code: CheckpointErrorCode;

  /** @param options its code; `damaged` when left out */
  constructor(message: string, options: ErrorOptions & { readonly code?: CheckpointErrorCode } = {}) {
    const { code = 'damaged', ...rest } = options;
    super(message, rest);
    this.code = code;
  }
}

/** What was wrong with data, said by the function that has read them of the place where they lie. */
export function unusablePlace(caller: string, place: string, cause: CheckpointError): CheckpointError {
  const reason = withoutCaller(cause.message);
  return new CheckpointError(`${caller}: ${place} cannot be used: ${reason}`, { code: cause.code, cause });
}

/** What to do about data that are not what was saved: the end of a message. */
export const putSoundCopy = '; put a sound copy of the model in its place';
