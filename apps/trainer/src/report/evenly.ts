/** `count` of the items, spread over all of them; all if there are no more. */
export function evenly<T>(items: readonly T[], count: number): T[] {
  const used = Math.min(count, items.length);
  return Array.from({ length: used }, (_, i) => items[Math.floor(((i + 0.5) * items.length) / used)]!);
}
