import { SurfaceError } from '@kanrecon/geometry';
import { ViewerError } from '../image/viewer-error.js';

/** An error as a person reads it: a sentence that ends with a full stop. */
export function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ViewerError) return message;
  if (error instanceof SurfaceError) return `The surface cannot be drawn: ${withoutFunction(message)}.`;
  if (error instanceof RangeError || /out of memory|allocation/i.test(message)) {
    return 'There is not enough memory for this; close other pages and reload this one.';
  }
  return `That did not work: ${withoutFunction(message)}. Reload the page; if it happens again, try another browser.`;
}

/** Libraries name the function first, which says nothing here. */
export function withoutFunction(message: string): string {
  return message.replace(/^[a-z][A-Za-z.]*: /, '').replace(/[.\s]+$/, '');
}
