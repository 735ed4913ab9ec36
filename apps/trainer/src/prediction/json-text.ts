/** A document as text that people can read, too: indented, but for lists of numbers, each of which is one line. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  // Texts in it have no line breaks of their own.
  const list = /\[\n\s+(-?[\d.e+-]+(?:,\n\s+-?[\d.e+-]+)*)\n\s*\]/g;
  return `${text.replaceAll(list, (_, numbers: string) => `[${numbers.replaceAll(/,\n\s+/g, ', ')}]`)}\n`;
}
