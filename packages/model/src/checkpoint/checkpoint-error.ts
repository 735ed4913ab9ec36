/** A stored reconstructor cannot be used: a file is missing, damaged, or of another version. The message is one sentence. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
}
