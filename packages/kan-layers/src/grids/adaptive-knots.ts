/** How {@link adaptiveKnots} places knots. */
export interface KnotPlacement {
  /** How far the grid reaches beyond the samples on both sides, in the input's units. */
  readonly margin: number;
  /** Share of the uniform grid in the mixture with the quantiles: 1 is uniform, 0 follows the samples alone. */
  readonly gridEps: number;
  /** Smallest distance of neighbouring knots, as a share of the uniform step. */
  readonly minGap: number;
}

/**
 * Knots from samples, as efficient-kan's `update_grid` places them: quantiles mixed with a uniform grid, then `order` uniform steps
 * outwards on both sides. Knots closer than `minGap` (or than float32 can keep apart) are moved apart.
 *
 * @param sorted the samples of one input, ascending, at least one
 * @returns gridSize + 2·order + 1 knots, strictly ascending; null if the samples are so close together that there is no room for
 *   them: constant, or alike to 5 digits
 */
export function adaptiveKnots(
  sorted: Float64Array,
  gridSize: number,
  order: number,
  { margin, gridEps, minGap }: KnotPlacement,
): Float64Array | null {
  const lowest = sorted[0]!;
  const highest = sorted[sorted.length - 1]!;
  const step = (highest - lowest + 2 * margin) / gridSize;
  const resolution = 1e-5 * Math.max(Math.abs(lowest), Math.abs(highest));
  if (!(highest > lowest) || highest - lowest < resolution || step <= resolution) return null;
  const knots = new Float64Array(gridSize + 2 * order + 1);
  for (let j = 0; j <= gridSize; j++) {
    const quantile = sorted[Math.floor((j * (sorted.length - 1)) / gridSize)]!;
    knots[order + j] = gridEps * (lowest - margin + j * step) + (1 - gridEps) * quantile;
  }
  spreadApart(knots, order, order + gridSize, Math.max(minGap * step, resolution));
  for (let j = 1; j <= order; j++) {
    knots[order - j] = knots[order]! - j * step;
    knots[order + gridSize + j] = knots[order + gridSize]! + j * step;
  }
  return knots;
}

/** Pushes knots up until neighbours are `gap` apart, then those that were pushed beyond the last one down again. */
function spreadApart(knots: Float64Array, first: number, last: number, gap: number): void {
  const top = Math.max(knots[last]!, knots[first]! + (last - first) * gap);
  for (let j = first + 1; j <= last; j++) knots[j] = Math.max(knots[j]!, knots[j - 1]! + gap);
  knots[last] = top;
  for (let j = last - 1; j > first; j--) knots[j] = Math.min(knots[j]!, knots[j + 1]! - gap);
}
