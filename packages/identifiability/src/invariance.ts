/** How one parameter takes part in an {@link Invariance}. */
export interface InvarianceTerm {
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
export interface Invariance {
  readonly terms: readonly InvarianceTerm[];
}

/** Values within which a parameter is drawn. */
export interface ParameterRange {
  readonly min: number;
  readonly max: number;
}

/** The parameters at time `t` of a law that starts from `at`. @returns a new array */
export function moveAlong({ terms }: Invariance, at: ArrayLike<number>, t: number): Float64Array {
  const moved = new Float64Array(at);
  for (const term of terms) moved[term.index] = movedValue(term, at[term.index], t);
  return moved;
}

/** What becomes of one parameter's value at time `t`. */
export function movedValue({ kind, rate, offset }: InvarianceTerm, value: number, t: number): number {
  return kind === 'shift' ? value + rate * t : (value + offset) * Math.exp(rate * t) - offset;
}

/** The times between which every parameter stays inside its range, for a law that starts from `at`. */
export function invarianceInterval(
  law: Invariance,
  at: ArrayLike<number>,
  ranges: readonly ParameterRange[],
): [from: number, to: number] {
  return invarianceIntervals(law, ranges)(at);
}

/** {@link invarianceInterval} for many places: of their logarithms half are the ranges'. */
export function invarianceIntervals(
  { terms }: Invariance,
  ranges: readonly ParameterRange[],
): (at: ArrayLike<number>) => [from: number, to: number] {
  // A factor moves the logarithm of the distance from −offset evenly, on the side on which the parameter is.
  const ends = terms.map(({ index, kind, offset }) => {
    const { min, max } = ranges[index];
    const on = (sign: number) => ({
      low: kind === 'shift' ? min : Math.log(Math.max(0, sign * (min + offset))),
      high: kind === 'shift' ? max : Math.log(Math.max(0, sign * (max + offset))),
    });
    return { above: on(1), below: on(-1) };
  });
  return (at) => {
    let from = Number.NEGATIVE_INFINITY;
    let to = Number.POSITIVE_INFINITY;
    for (let i = 0; i < terms.length; i++) {
      const { index, kind, rate, offset } = terms[i];
      const { low, high } = at[index] + offset < 0 ? ends[i].below : ends[i].above;
      const here = kind === 'shift' ? at[index] : Math.log(Math.abs(at[index] + offset));
      const [one, other] = [(low - here) / rate, (high - here) / rate];
      from = Math.max(from, Math.min(one, other));
      to = Math.min(to, Math.max(one, other));
    }
    return [from, to];
  };
}
