/** What the user says is known of an object cannot be true of it, going by its image, or tells nothing of it. */
export class KnownError extends Error {
  override name = 'KnownError';
}
