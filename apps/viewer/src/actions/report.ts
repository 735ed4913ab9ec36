import { notify } from '../state/store.js';
import { sentenceOf } from '../worker/sentence-of.js';

/** Shows what went wrong, in a sentence; what was stopped on purpose is nothing that went wrong. */
export function report(error: unknown): void {
  if (error instanceof DOMException && error.name === 'AbortError') return;
  notify('error', sentenceOf(error));
}
