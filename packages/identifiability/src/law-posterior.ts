import { type Invariance, invarianceIntervals, movedValue, type ParameterRange } from './invariance.js';

/**
 * Where a law may have moved an object whose parameters were drawn uniformly, given all that its images show. At time t from the
 * object, the density is proportional to |∂p(t)/∂p| (the change of variables), e^(growth · t) with the sum of the factors' rates, over
 * the times at which all parameters are inside their ranges. For the study: density ∝ radius, as all four scale together.
 */
export interface LawPosterior {
  readonly from: number;
  readonly to: number;
  readonly growth: number;
}

/** The posterior over the times of a law that starts from `at`. `from` may be −Infinity where a factor may take everything to 0. */
export function lawPosterior(law: Invariance, at: ArrayLike<number>, ranges: readonly ParameterRange[]): LawPosterior {
  return lawPosteriors(law, ranges)(at);
}

/** {@link lawPosterior} for many places. */
export function lawPosteriors(
  law: Invariance,
  ranges: readonly ParameterRange[],
): (at: ArrayLike<number>) => LawPosterior {
  const interval = invarianceIntervals(law, ranges);
  let growth = 0;
  for (const { kind, rate } of law.terms) if (kind === 'factor') growth += rate;
  return (at) => {
    const [from, to] = interval(at);
    return { from, to, growth };
  };
}

/** The time before which lies the share `share` of the posterior: its median at ½, a random draw at a uniform number. */
export function posteriorTime({ from, to, growth }: LawPosterior, share: number): number {
  const width = to - from;
  if (Math.abs(growth * width) < 1e-9) return from + share * width;
  // From the end where the density is greatest, so that nothing overflows.
  return growth > 0
    ? to + Math.log1p((1 - share) * Math.expm1(-growth * width)) / growth
    : from + Math.log1p(share * Math.expm1(growth * width)) / growth;
}

/** Posterior means of the law's parameters, written to `out` at their indices. */
export function posteriorMeans(
  law: Invariance,
  at: ArrayLike<number>,
  posterior: LawPosterior,
  out: Float64Array,
): void {
  const { from, to, growth } = posterior;
  const whole = relativeIntegral(growth, to - from);
  for (const { index, kind, rate, offset } of law.terms) {
    if (kind === 'shift') {
      out[index] = at[index] + rate * (from + (to - from) * meanShare(growth * (to - from)));
      continue;
    }
    // ∫ e^((growth + rate) t) / ∫ e^(growth t), both taken relative to their value at the upper end.
    const ratio = relativeIntegral(growth + rate, to - from) / whole;
    out[index] = (at[index] + offset) * Math.exp(rate * to) * ratio - offset;
  }
}

/** Posterior medians of the law's parameters: each moves one way along a law, so they are those at the median time. */
export function posteriorMedians(
  law: Invariance,
  at: ArrayLike<number>,
  posterior: LawPosterior,
  out: Float64Array,
): void {
  const time = posteriorTime(posterior, 0.5);
  for (const term of law.terms) out[term.index] = movedValue(term, at[term.index], time);
}

/** ∫ e^(rate · (t − to)) dt over an interval of this width that ends at `to`. */
function relativeIntegral(rate: number, width: number): number {
  return Math.abs(rate * width) < 1e-9 ? width : -Math.expm1(-rate * width) / rate;
}

/** Mean of s in [0, 1] with density ∝ e^(x s). */
function meanShare(x: number): number {
  if (Math.abs(x) < 1e-3) return 0.5 + x / 12;
  return -1 / Math.expm1(-x) - 1 / x;
}
