import { type ConformalFactors, spreadGroup } from './conformal-factors.js';

/**
 * Half the width of calibrated intervals around a prediction: prediction ± width holds the truth as often as its level says.
 *
 * @param calibration what `conformalFactors` found
 * @param spread of the prediction
 * @returns one number a level; Infinity where nothing narrower can be promised
 */
export function conformalWidths(
  { edges, factors }: Pick<ConformalFactors, 'edges' | 'factors'>,
  spread: number,
): number[] {
  return factors[spreadGroup(edges, spread)].map((factor) => (factor === null ? Infinity : factor * spread));
}
