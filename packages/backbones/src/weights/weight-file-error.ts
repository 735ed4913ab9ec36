/**
 * A file of weights that is damaged, hostile, or of a kind that is not read. Its message is one sentence that says what is wrong with
 * the file, where, and what was expected.
 */
export class WeightFileError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'WeightFileError';
  }
}
