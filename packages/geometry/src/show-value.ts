const mostCharacters = 80;

/** A value as error messages quote it: text in quotation marks, anything long cut off. */
export function showValue(value: unknown): string {
  if (typeof value === 'string') return `"${shortened(value)}"`;
  if (typeof value === 'number' || typeof value === 'function')
    return typeof value === 'number' ? `${value}` : 'a function';
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    // Circular, or a bigint.
  }
  return shortened(text ?? String(value));
}

/** Text of at most 80 characters and an ellipsis. */
export function shortened(text: string): string {
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
}
