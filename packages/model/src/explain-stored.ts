import type * as v from 'valibot';
import { show } from './checkpoint/show.js';

/**
 * What a schema has against a stored value: which field, and what was found there.
 *
 * @param place the field that the value itself is; the whole document when left out
 */
export function explainStored({ path, input }: v.BaseIssue<unknown>, place?: string): string {
  const keys = (path ?? []).map(({ key }) => String(key));
  const field = [...(place ? [place] : []), ...keys].join('.') || 'the document';
  return input === undefined ? `${field} is missing` : `${field} is wrong: ${show(input)}`;
}
