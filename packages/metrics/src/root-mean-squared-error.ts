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
 * Root mean squared error as scikit-learn's `mean_squared_error(…, squared=False)`: the root is taken for each output, then the
 * outputs are combined. With several outputs that is less than the root of {@link meanSquaredError}, which `regressionReport` gives.
 *
 * @throws if shapes differ, a number is not finite, there is no sample, or weights sum to zero
 */
export function rootMeanSquaredError<const M extends Multioutput = 'uniformAverage'>(
  yTrue: Targets,
  yPred: Targets,
  options: MetricOptions<M> = {},
): MetricResult<M> {
  checkOptions('rootMeanSquaredError', options, metricOptionNames);
  const errors = outputMeanSquares(pairedSamples(yTrue, yPred, options.sampleWeight, 'rootMeanSquaredError'));
  const { multioutput = 'uniformAverage' } = options;
  return combineOutputs(errors.map(Math.sqrt), multioutput, 'rootMeanSquaredError') as MetricResult<M>;
}
