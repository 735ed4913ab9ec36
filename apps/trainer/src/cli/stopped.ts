/** A command that Ctrl-C has stopped and that does not go on from where it was; its message says what does happen. */
export class Stopped extends Error {
  override readonly name = 'AbortError';
}
