import type * as v from 'valibot';

/** What a schema has against a stored value: which field, and what was found there. */
export function explainStored(issue: v.BaseIssue<unknown>): string {
  const keys = (issue.path ?? []).map(({ key }) => String(key));
  const field = keys.join('.') || 'the document';
  const { input } = issue;
  if (input === undefined) return `${field} is missing`;
  const found = typeof input === 'number' ? String(input) : (JSON.stringify(input) ?? typeof input);
  return `${field} is wrong: ${found.length > 80 ? `${found.slice(0, 77)}…` : found}`;
}
