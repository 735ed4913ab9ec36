import type { VisibleCombination } from '@kanrecon/identifiability';
import { conformalWidths, type IntervalCoverage, intervalCoverage } from '@kanrecon/metrics';
import type { Target } from '@kanrecon/model';
import { percent } from './calibrated-intervals.js';
import type { Calibration, Factors } from './calibration.js';
import { combinationEstimates } from './combination-estimates.js';

/** How many truths the network's own intervals hold, of one parameter or visible combination, by what they promise: `50`, `90`. */
export interface CoverageScores {
  readonly name: string;
  readonly levels: Readonly<Record<string, IntervalCoverage>>;
}

/** What was predicted of the shape and what is real, normalised [n, k] each. */
export interface ShapeEstimates {
  readonly real: Float32Array;
  readonly mean: Float32Array;
  readonly spread: Float32Array;
}

/**
 * Whether a network's intervals hold what they promise: those of the parameters, within their ranges and on the normalised scale, and of what
 * images show of parameters that they tie together, in its units.
 */
export function scoreCoverage(
  calibration: Calibration,
  parameters: readonly Target[],
  combinations: readonly VisibleCombination[],
  { real, mean, spread }: ShapeEstimates,
): CoverageScores[] {
  const k = parameters.length;
  const column = (values: Float32Array, j: number) => values.filter((_, at) => at % k === j);
  const inRange = (value: number) => Math.min(1, Math.max(0, value));
  const rows = parameters.map(({ name }, j) => {
    const parts = [column(real, j), column(mean, j), column(spread, j)] as const;
    return { name, levels: coverageOf(calibration, calibration.parameters[name]!, ...parts, inRange) };
  });
  const truths = combinationEstimates(parameters, combinations, real, spread);
  const found = combinationEstimates(parameters, combinations, mean, spread);
  const tied = combinations.flatMap(({ name }, c) => {
    const factors = calibration.combinations[name];
    if (!factors) return [];
    const { values, spreads } = found[c]!;
    return [{ name, levels: coverageOf(calibration, factors, truths[c]!.values, values, spreads, (value) => value) }];
  });
  return [...rows, ...tied];
}

function coverageOf(
  { levels }: Calibration,
  factors: Factors,
  real: ArrayLike<number>,
  found: ArrayLike<number>,
  spreads: ArrayLike<number>,
  within: (value: number) => number,
): Record<string, IntervalCoverage> {
  const widths = Array.from(spreads, (spread) => conformalWidths(factors, spread));
  const rows = levels.map((level, l) => {
    // As wide as need be where nothing narrower could be promised.
    const end = (sign: number) =>
      Array.from(found, (value, i) =>
        Math.min(Number.MAX_VALUE / 4, Math.max(-Number.MAX_VALUE / 4, within(value + sign * widths[i]![l]!))),
      );
    return [percent(level), intervalCoverage(real, end(-1), end(1))] as const;
  });
  return Object.fromEntries(rows);
}
