import { checkOptions } from './check-options.js';
import {
  combineOutputs,
  type MetricOptions,
  type MetricResult,
  type Multioutput,
  metricOptionNames,
} from './multioutput.js';
import { pairedSamples, weightedSums } from './paired-samples.js';
import type { Targets } from './targets.js';

/**
 * Mean absolute error, the weighted mean over samples of |yTrue − yPred|, as scikit-learn's `mean_absolute_error`.
 *
 * @throws if shapes differ, a number is not finite, there is no sample, or weights sum to zero
 */
export function meanAbsoluteError<const M extends Multioutput = 'uniformAverage'>(
  yTrue: Targets,
  yPred: Targets,
  options: MetricOptions<M> = {},
): MetricResult<M> {
  checkOptions('meanAbsoluteError', options, metricOptionNames);
  const pair = pairedSamples(yTrue, yPred, options.sampleWeight, 'meanAbsoluteError');
  const sums = weightedSums(pair, (i) => Math.abs(pair.yTrue[i] - pair.yPred[i]));
  const errors = sums.map((sum) => sum / pair.totalWeight);
  return combineOutputs(errors, options.multioutput ?? 'uniformAverage', 'meanAbsoluteError') as MetricResult<M>;
}
