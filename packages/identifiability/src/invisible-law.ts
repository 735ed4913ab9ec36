/** How one parameter takes part in an {@link InvisibleLaw}. */
export interface LawTerm {
  /** Name of the parameter. */
  readonly parameter: string;
  /** Its place in the surface's parameters. */
  readonly index: number;
  /**
   * At time t, `factor`: (p + offset) becomes (p + offset) · e^(rate · t); `shift`: p becomes p + rate · t. A small integer where
   * the images allow it.
   */
  readonly kind: 'factor' | 'shift';
  readonly rate: number;
  /** 0 for a shift. */
  readonly offset: number;
}

/**
 * A one-parameter group of changes of the shape parameters that no image shows: for the study's data, one common factor on
 * (radius, height, wave_amp, 1 / wave_freq).
 */
export interface InvisibleLaw {
  readonly terms: readonly LawTerm[];
}

/** Values within which a parameter is drawn. */
export interface ParameterRange {
  readonly min: number;
  readonly max: number;
}

/** The parameters at time `t` of a law that starts from `at`. @returns a new array */
export function moveAlong({ terms }: InvisibleLaw, at: ArrayLike<number>, t: number): Float64Array {
  const moved = Float64Array.from(at);
  for (const { index, kind, rate, offset } of terms) {
    moved[index] = kind === 'shift' ? at[index] + rate * t : (at[index] + offset) * Math.exp(rate * t) - offset;
  }
  return moved;
}

/**
 * A parameter's coordinate in which the law moves evenly, by `rate` a unit of time: the parameter itself for a shift, the logarithm
 * of its distance from −offset for a factor.
 */
function evenCoordinate({ kind, offset }: Pick<LawTerm, 'kind' | 'offset'>, value: number): number {
  return kind === 'shift' ? value : Math.log(Math.abs(value + offset));
}

/** The span of {@link evenCoordinate} over a range, on the side of −offset where `sign` says the parameter is. */
function evenSpan(
  term: Pick<LawTerm, 'kind' | 'offset'>,
  { min, max }: ParameterRange,
  sign: number,
): [low: number, high: number] {
  if (term.kind === 'shift') return [min, max];
  const [a, b] = [sign * (min + term.offset), sign * (max + term.offset)].map((value) => Math.log(Math.max(0, value)));
  return a < b ? [a, b] : [b, a];
}

/** The times between which every parameter stays inside its range, for a law that starts from `at`. */
export function lawInterval(
  law: InvisibleLaw,
  at: ArrayLike<number>,
  ranges: readonly ParameterRange[],
): [from: number, to: number] {
  let from = Number.NEGATIVE_INFINITY;
  let to = Number.POSITIVE_INFINITY;
  for (const term of law.terms) {
    const value = at[term.index];
    const sign = value + term.offset < 0 ? -1 : 1;
    const span = evenSpan(term, ranges[term.index], sign);
    const here = evenCoordinate(term, value);
    const times = span.map((end) => (end - here) / term.rate);
    from = Math.max(from, Math.min(times[0], times[1]));
    to = Math.min(to, Math.max(times[0], times[1]));
  }
  return [from, to];
}
