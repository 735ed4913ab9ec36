import { checkOptions } from './check-options.js';
import {
  combineOutputs,
  type MetricOptions,
  type MetricResult,
  type Multioutput,
  metricOptionNames,
} from './multioutput.js';
import { outputMeanSquares } from './output-mean-squares.js';
import { pairedSamples } from './paired-samples.js';
import type { Targets } from './targets.js';

/**
 * Mean squared error, the weighted mean over samples of (yTrue − yPred)², as scikit-learn's `mean_squared_error`.
 *
 * @throws if shapes differ, a number is not finite, there is no sample, or weights sum to zero
 */
export function meanSquaredError<const M extends Multioutput = 'uniformAverage'>(
  yTrue: Targets,
  yPred: Targets,
  options: MetricOptions<M> = {},
): MetricResult<M> {
  checkOptions('meanSquaredError', options, metricOptionNames);
  const errors = outputMeanSquares(pairedSamples(yTrue, yPred, options.sampleWeight, 'meanSquaredError'));
  return combineOutputs(errors, options.multioutput ?? 'uniformAverage', 'meanSquaredError') as MetricResult<M>;
}
