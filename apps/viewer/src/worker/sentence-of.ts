import { ViewerError } from '../image/viewer-error.js';

/** An error as a person reads it: a sentence that ends with a full stop. */
export function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ViewerError) return message;
  if (error instanceof RangeError || /out of memory|allocation/i.test(message)) {
    return 'There is not enough memory for this; close other pages and reload this one.';
  }
  // Libraries name the function first, which says nothing here.
  const said = message.replace(/^[a-z][A-Za-z.]*: /, '').replace(/[.\s]+$/, '');
  return `That did not work: ${said}. Reload the page; if it happens again, try another browser.`;
}
