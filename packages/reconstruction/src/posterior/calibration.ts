import type { Estimate } from './estimate.js';

/** What the ends of intervals are moved by, away from the median: by the interval's width, in the estimate's units. */
export interface IntervalFactors {
  /** Widths between groups, ascending; an interval of just that width belongs below. */
  readonly edges: readonly number[];
  /** One a group, one more than edges. */
  readonly factors: readonly number[];
}

/**
 * Factors that make a scene's intervals hold what they promise, by split conformal prediction: found on images whose shapes are known
 * (`conformalFactors` of @kanrecon/metrics, `npm run bench:calibration`), true of fresh images that are made the same way.
 */
export interface RefineCalibration {
  /** On which it was found. */
  readonly images: number;
  /** By name of a parameter or of a visible combination; intervals of others stay as they are. */
  readonly intervals: Readonly<Record<string, Readonly<Record<'interval50' | 'interval90', IntervalFactors>>>>;
}

/** @throws if factors are missing or none that an interval can be multiplied by: what came of them would be no number */
export function checkCalibration(caller: string, { intervals }: RefineCalibration): void {
  for (const [name, kinds] of Object.entries(intervals ?? {})) {
    for (const key of ['interval50', 'interval90'] as const) {
      const { edges, factors } = kinds?.[key] ?? {};
      const right =
        Array.isArray(edges) &&
        Array.isArray(factors) &&
        factors.length === edges.length + 1 &&
        edges.every((edge, i) => Number.isFinite(edge) && (i === 0 || edge > edges[i - 1]!)) &&
        factors.every((factor) => Number.isFinite(factor) && factor >= 0);
      if (right) continue;
      throw new Error(
        `${caller}: calibration.intervals.${name}.${key} is wrong; expected ascending edges and one factor from 0 on more than edges, got ${JSON.stringify(kinds?.[key])}`,
      );
    }
  }
}

/**
 * The estimate with its intervals made wider or narrower around the median.
 *
 * @param range that no interval leaves
 */
export function calibrateEstimate<E extends Estimate>(
  estimate: E,
  calibration: RefineCalibration['intervals'][string],
  range: readonly [number, number] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
): E {
  const { median } = estimate;
  const moved = (name: 'interval50' | 'interval90') => {
    const [low, high] = estimate[name];
    const factor = factorOf(calibration[name], high - low);
    return [
      Math.max(range[0], median - factor * (median - low)),
      Math.min(range[1], median + factor * (high - median)),
    ] as const;
  };
  const interval90 = moved('interval90');
  const [low, high] = moved('interval50');
  // Factors of different groups might cross.
  const interval50 = [Math.max(low, interval90[0]), Math.min(high, interval90[1])] as const;
  return { ...estimate, interval50, interval90 };
}

function factorOf({ edges, factors }: IntervalFactors, width: number): number {
  const group = edges.findIndex((edge) => width <= edge);
  return factors[group < 0 ? edges.length : group]!;
}
