/** An entry's name for a message: control characters could rewrite what a terminal shows, and a name may be endless. */
export function showEntry(path: string): string {
  const text = path.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (character) => `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`,
  );
  return text.length > 200 ? `${text.slice(0, 100)}…${text.slice(-99)}` : text || '(no name)';
}
