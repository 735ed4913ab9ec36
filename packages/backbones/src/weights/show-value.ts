const MAX_TEXT = 200;
const MAX_ITEMS = 16;

/**
 * A value of a file for a message: short whatever it holds, and never looked into deeper than its own items, since a few bytes may
 * describe a value that is endless when written out.
 */
export function showValue(value: unknown): string {
  if (!Array.isArray(value)) return showItem(value);
  const items = value.slice(0, MAX_ITEMS).map((item) => (Array.isArray(item) ? '[…]' : showItem(item)));
  return `[${items.join(', ')}${value.length > MAX_ITEMS ? ', …' : ''}]`;
}

function showItem(value: unknown): string {
  if (typeof value === 'string')
    return `${JSON.stringify(value.slice(0, MAX_TEXT))}${value.length > MAX_TEXT ? '…' : ''}`;
  if (value instanceof Map) return 'a dictionary';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = String(value);
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}
