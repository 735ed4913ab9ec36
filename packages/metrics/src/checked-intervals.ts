import { finiteNumbers } from './finite-numbers.js';

/** What coverage is counted from, one number a sample. */
export interface CheckedIntervals {
  readonly widths: Float64Array;
  /** 1 where the truth lies in its interval, else 0. */
  readonly inside: Uint8Array;
}

/** @throws if lengths differ, a number is not finite, there is no sample, or a lower end lies above its upper one */
export function checkedIntervals(
  truths: ArrayLike<number>,
  lower: ArrayLike<number>,
  upper: ArrayLike<number>,
  caller: string,
): CheckedIntervals {
  const values = finiteNumbers(truths, caller, 'truths');
  const [low, high] = [finiteNumbers(lower, caller, 'lower'), finiteNumbers(upper, caller, 'upper')];
  for (const [name, ends] of Object.entries({ lower: low, upper: high })) {
    if (ends.length !== values.length) {
      throw new Error(
        `${caller}: truths and ${name} have different lengths; expected ${values.length}, got ${ends.length}`,
      );
    }
  }
  const wrong = low.findIndex((end, i) => end > high[i]);
  if (wrong >= 0) {
    throw new Error(
      `${caller}: interval ${wrong} ends before it begins; expected lower ≤ upper, got ${low[wrong]} and ${high[wrong]}`,
    );
  }
  const inside = Uint8Array.from(values, (value, i) => (value >= low[i] && value <= high[i] ? 1 : 0));
  return { widths: low.map((end, i) => high[i] - end), inside };
}
