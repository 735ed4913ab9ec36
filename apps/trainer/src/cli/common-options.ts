import { flag } from './option-types.js';

/** Flags that every command has. */
export const commonOptions = {
  json: flag({ about: 'Print one JSON document on stdout, a mistake too; progress goes to stderr' }),
  verbose: flag({ about: 'Show more, and the stack trace of an unexpected error' }),
};
