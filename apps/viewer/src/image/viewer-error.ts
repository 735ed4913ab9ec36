/** What cannot be done, in a sentence for the person at the page that says what to do. */
export class ViewerError extends Error {
  override readonly name = 'ViewerError';
}
