/** How far a layer's function moved with its grid. The output is meant, base branch included, over the samples and all units. */
export interface FunctionChange {
  /** Largest difference of an output before and after. */
  readonly maxError: number;
  /** Root mean square of the difference. */
  readonly rmsError: number;
  /** The same as a share of the root mean square of the outputs before; 0 when nothing changed. */
  readonly relativeError: number;
}

/** Compares outputs; both of the same length. */
export function functionChange(before: ArrayLike<number>, after: ArrayLike<number>): FunctionChange {
  let maxError = 0;
  let squares = 0;
  let size = 0;
  for (let i = 0; i < before.length; i++) {
    const error = Math.abs(after[i]! - before[i]!);
    maxError = Math.max(maxError, error);
    squares += error * error;
    size += before[i]! * before[i]!;
  }
  const count = Math.max(1, before.length);
  const rmsError = Math.sqrt(squares / count);
  return { maxError, rmsError, relativeError: rmsError === 0 ? 0 : rmsError / Math.sqrt(size / count) };
}

/** Smallest distance of neighbouring knots. @param knots row-major [count, inputs] */
export function smallestGap(knots: ArrayLike<number>, inputs: number): number {
  let gap = Number.POSITIVE_INFINITY;
  for (let i = inputs; i < knots.length; i++) {
    gap = Math.min(gap, knots[i]! - knots[i - inputs]!);
  }
  return gap;
}
