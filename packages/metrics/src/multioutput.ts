import type { OptionNames } from './check-options.js';
import { compensatedSum } from './compensated-sum.js';

/**
 * How the outputs' values become one: their mean (`uniformAverage`), all of them (`rawValues`), or weighted by numbers of one's own,
 * one per output. As scikit-learn's `multioutput`.
 */
export type Multioutput = 'uniformAverage' | 'rawValues' | readonly number[];

/** {@link Multioutput}, and for R² also weighted by the targets' variances. */
export type R2Multioutput = Multioutput | 'varianceWeighted';

/** Options of the metrics. */
export interface MetricOptions<M extends R2Multioutput = Multioutput> {
  /** Default `uniformAverage`. */
  readonly multioutput?: M;
  /** One weight per sample; all 1 when left out. Negative weights are taken as they are, as scikit-learn does. */
  readonly sampleWeight?: ArrayLike<number>;
}

export const metricOptionNames: OptionNames<MetricOptions> = { multioutput: true, sampleWeight: true };

/** Numbers per output for `rawValues`, one number otherwise. */
export type MetricResult<M extends R2Multioutput> = 'rawValues' extends M
  ? M extends 'rawValues'
    ? number[]
    : number | number[]
  : number;

/** Combines one value per output. `variances` is given where `varianceWeighted` is allowed. */
export function combineOutputs(
  values: number[],
  multioutput: R2Multioutput,
  caller: string,
  variances?: readonly number[],
): number | number[] {
  const named = typeof multioutput === 'string';
  if (multioutput === 'rawValues') return values;
  if (multioutput === 'uniformAverage') return average(values, undefined, caller);
  if (multioutput === 'varianceWeighted' && variances) {
    // All targets constant: no output weighs anything, so all weigh the same.
    return average(values, variances.some((variance) => variance !== 0) ? variances : undefined, caller);
  }
  if (named || !Array.isArray(multioutput)) {
    const valid = `uniformAverage, rawValues, ${variances ? 'varianceWeighted, ' : ''}or an array of weights`;
    throw new Error(`${caller}: unknown multioutput; expected ${valid}, got ${JSON.stringify(multioutput)}`);
  }
  if (values.length === 1) {
    throw new Error(`${caller}: weights in multioutput need several outputs; expected "uniformAverage" for one output`);
  }
  if (multioutput.length !== values.length) {
    throw new Error(
      `${caller}: wrong number of weights in multioutput; expected one per output, ${values.length}, got ${multioutput.length}`,
    );
  }
  return average(values, multioutput, caller);
}

function average(values: readonly number[], weights: readonly number[] | undefined, caller: string): number {
  if (!weights) return compensatedSum(values.length, (i) => values[i]) / values.length;
  const total = compensatedSum(weights.length, (i) => weights[i]);
  if (!Number.isFinite(total) || total === 0) {
    throw new Error(`${caller}: the weights in multioutput must be finite and not sum to zero; got a sum of ${total}`);
  }
  return compensatedSum(values.length, (i) => weights[i] * values[i]) / total;
}
