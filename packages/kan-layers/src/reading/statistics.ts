/** Mean and (population) standard deviation. */
export interface Moments {
  readonly mean: number;
  readonly deviation: number;
}

/** Moments of numbers, in two passes: exact to rounding for numbers far from 0 as well. */
export function moments(values: ArrayLike<number>): Moments {
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += values[i]! / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i]! - mean) ** 2 / n;
  return { mean, deviation: Math.sqrt(squares) };
}

/** Column c of row-major data. */
export function columnOf(data: ArrayLike<number>, columns: number, c: number): Float64Array {
  return Float64Array.from({ length: data.length / columns }, (_, r) => data[r * columns + c]!);
}

/** How close numbers come to those expected. */
export interface FitError {
  /** 1 − squared errors / squared deviations from the mean; 1 for an exact fit of a constant, 0 for an inexact one. */
  readonly r2: number;
  /** Root of the mean squared difference. */
  readonly rmse: number;
}

/** Error of all columns of a table together; R² is the mean over the columns, as scikit-learn has it. */
export function fitError(got: ArrayLike<number>, expected: ArrayLike<number>, columns: number): FitError {
  let total = 0;
  let r2 = 0;
  for (let c = 0; c < columns; c++) {
    const truth = columnOf(expected, columns, c);
    const { deviation } = moments(truth);
    let squares = 0;
    for (let r = 0; r < truth.length; r++) squares += (got[r * columns + c]! - truth[r]!) ** 2 / truth.length;
    total += squares / columns;
    if (deviation > 0) r2 += (1 - squares / deviation ** 2) / columns;
    else r2 += (squares === 0 ? 1 : 0) / columns;
  }
  return { r2, rmse: Math.sqrt(total) };
}
