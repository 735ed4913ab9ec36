/**
 * The first key that stands twice in one object of a JSON text, which JSON.parse takes the last of without a word.
 *
 * @param text valid JSON
 */
export function duplicateJsonKey(text: string): string | undefined {
  // Strings whole, so that braces and colons inside them do not count.
  const tokens = /"(?:[^"\\]|\\.)*"\s*(:)?|[{}]/gs;
  const open: Set<string>[] = [];
  for (const [token, colon] of text.matchAll(tokens)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (colon) {
      const key = JSON.parse(token.slice(0, -1)) as string;
      const keys = open.at(-1);
      if (keys?.has(key)) return key;
      keys?.add(key);
    }
  }
  return undefined;
}
