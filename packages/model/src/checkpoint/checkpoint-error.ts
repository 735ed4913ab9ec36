/** A stored reconstructor cannot be used: a file is missing, damaged, or of another version. The message is one sentence. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
}

/** What to do about data that are not what was saved: the end of a message. */
export const putSoundCopy = '; put a sound copy of the model in its place';
