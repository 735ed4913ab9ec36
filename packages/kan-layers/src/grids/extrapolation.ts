/** What a spline does beyond its grid's range, see `extrapolation` of efficientKAN. */
export type Extrapolation = 'zero' | 'clamp' | 'linear';

export const extrapolations: readonly Extrapolation[] = ['zero', 'clamp', 'linear'];

/**
 * How far inside the range's ends the last value and slope are taken, as a share of the range: at the ends themselves the
 * half-open intervals make the upper one belong to the piece outside, whose slope is another one for splines of order 1.
 */
export const edgeInset = 1e-6;
