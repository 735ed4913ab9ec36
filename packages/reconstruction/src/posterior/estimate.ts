/** What is known of one number. */
export interface Estimate {
  /** The posterior's mean: the guess with the least expected squared error. */
  readonly mean: number;
  readonly median: number;
  /** Half of what is possible lies between these. */
  readonly interval50: readonly [low: number, high: number];
  readonly interval90: readonly [low: number, high: number];
}

/** Of samples that are not in order. */
export function estimateOf(samples: Float64Array): Estimate {
  const sorted = samples.slice().sort();
  const at = (share: number) => {
    const place = share * (sorted.length - 1);
    const below = Math.floor(place);
    const above = Math.min(sorted.length - 1, below + 1);
    return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!);
  };
  return {
    mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
    median: at(0.5),
    interval50: [at(0.25), at(0.75)],
    interval90: [at(0.05), at(0.95)],
  };
}
