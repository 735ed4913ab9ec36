/** The beginning of a name that takes no more than so many bytes of UTF-8; no character is cut in two. */
export function shortenName(name: string, bytes: number): string {
  let shown = '';
  let length = 0;
  for (const character of name) {
    length += Buffer.byteLength(character);
    if (length > bytes) break;
    shown += character;
  }
  return shown;
}
