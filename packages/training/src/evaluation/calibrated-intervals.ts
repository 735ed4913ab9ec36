import { conformalWidths } from '@kanrecon/metrics';
import type { Target } from '@kanrecon/model';
import type { Calibration } from './calibration.js';

/** Intervals by the share of the truths that they hold, in per cent, `50` and `90`: from the lower to the upper end, in units. */
export type CalibratedIntervals = Readonly<Record<string, readonly [low: number, high: number]>>;

/**
 * Intervals around a network's numbers for one image, as wide as its validation images say they must be, within the ranges.
 *
 * @param normalized in the parameters' order
 * @param spread of each, on the same scale
 * @returns by parameter
 */
export function calibratedIntervals(
  { levels, parameters: factors }: Calibration,
  parameters: readonly Target[],
  normalized: ArrayLike<number>,
  spread: ArrayLike<number>,
): Record<string, CalibratedIntervals> {
  return Object.fromEntries(
    parameters.map(({ name, min, max }, i) => {
      const widths = conformalWidths(factors[name]!, spread[i]!);
      const inUnits = (share: number) => min + Math.min(1, Math.max(0, share)) * (max - min);
      const ends = levels.map((level, l) => {
        const width = widths[l]!;
        return [percent(level), [inUnits(normalized[i]! - width), inUnits(normalized[i]! + width)]] as const;
      });
      return [name, Object.fromEntries(ends)];
    }),
  );
}

/** `90` of 0.9. */
export function percent(level: number): string {
  return String(Math.round(100 * level));
}
