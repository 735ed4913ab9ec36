import { checkOptions } from './check-options.js';
import {
  combineOutputs,
  type MetricOptions,
  type MetricResult,
  metricOptionNames,
  type R2Multioutput,
} from './multioutput.js';
import { pairedSamples, weightedSums } from './paired-samples.js';
import type { Targets } from './targets.js';

/** Options of {@link r2Score}. */
export interface R2Options<M extends R2Multioutput = R2Multioutput> extends MetricOptions<M> {
  /**
   * What an output with constant targets scores. True (the default): 1 when every prediction is right, else 0. False: NaN and
   * −Infinity, as the formula says.
   */
  readonly forceFinite?: boolean;
}

/**
 * The coefficient of determination R², 1 − Σ w (yTrue − yPred)² / Σ w (yTrue − mean)², as scikit-learn's `r2_score`: 1 is perfect, 0
 * is as good as always predicting the mean, less is worse. The mean is taken relative to the first target, so a constant target is
 * seen to be constant and a large offset costs no digits.
 *
 * @returns NaN for fewer than two samples, where R² is not defined
 * @throws if shapes differ, a number is not finite, there is no sample, or weights sum to zero
 */
export function r2Score<const M extends R2Multioutput = 'uniformAverage'>(
  yTrue: Targets,
  yPred: Targets,
  options: R2Options<M> = {},
): MetricResult<M> {
  checkOptions('r2Score', options, { ...metricOptionNames, forceFinite: true });
  const { forceFinite = true, multioutput = 'uniformAverage' } = options;
  const pair = pairedSamples(yTrue, yPred, options.sampleWeight, 'r2Score');
  const { yTrue: truth, yPred: prediction, outputs, totalWeight } = pair;
  const offsets = weightedSums(pair, (i, output) => truth[i] - truth[output]).map((sum) => sum / totalWeight);
  const residual = weightedSums(pair, (i) => (truth[i] - prediction[i]) ** 2);
  const total = weightedSums(pair, (i, output) => (truth[i] - truth[output] - offsets[output]) ** 2);
  const scores = Array.from({ length: outputs }, (_, output) => {
    if (pair.samples < 2) return Number.NaN;
    if (!forceFinite || (residual[output] !== 0 && total[output] !== 0)) return 1 - residual[output] / total[output];
    return residual[output] === 0 ? 1 : 0;
  });
  return combineOutputs(scores, multioutput, 'r2Score', total) as MetricResult<M>;
}
