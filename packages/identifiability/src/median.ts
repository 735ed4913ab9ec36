/** The middle one of some numbers, the lower of two middle ones; Infinity counts as the greatest. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}
