import { checkOptions } from './check-options.js';
import { meanAbsoluteError } from './mean-absolute-error.js';
import { meanSquaredError } from './mean-squared-error.js';
import type { MetricOptions } from './multioutput.js';
import { pairedSamples } from './paired-samples.js';
import { r2Score } from './r2-score.js';
import type { Targets } from './targets.js';

/** The four metrics of one output. */
export interface OutputReport {
  readonly name: string;
  readonly mae: number;
  readonly mse: number;
  readonly rmse: number;
  readonly r2: number;
}

/** The four metrics of all outputs together, and of each. */
export interface RegressionReport {
  /** Mean over outputs. */
  readonly mae: number;
  /** Mean over outputs. */
  readonly mse: number;
  /** The square root of `mse`, not the mean of the outputs' roots (that is `rootMeanSquaredError`). */
  readonly rmse: number;
  /** Mean over outputs. */
  readonly r2: number;
  readonly perOutput: readonly OutputReport[];
}

/**
 * MAE, MSE, RMSE and R² in all and per output.
 *
 * @param names one per output; `output 0`, `output 1`, … when left out
 * @throws if shapes differ, a number is not finite, there is no sample, weights sum to zero, or the number of names is wrong
 */
export function regressionReport(
  yTrue: Targets,
  yPred: Targets,
  names?: readonly string[],
  options: Pick<MetricOptions, 'sampleWeight'> = {},
): RegressionReport {
  checkOptions('regressionReport', options, { sampleWeight: true });
  const { sampleWeight } = options;
  const { outputs } = pairedSamples(yTrue, yPred, sampleWeight, 'regressionReport');
  if (names && names.length !== outputs) {
    throw new Error(
      `regressionReport: wrong number of names; expected one per output, ${outputs}, got ${names.length}`,
    );
  }
  const raw = { sampleWeight, multioutput: 'rawValues' } as const;
  const mae = meanAbsoluteError(yTrue, yPred, raw);
  const mse = meanSquaredError(yTrue, yPred, raw);
  const r2 = r2Score(yTrue, yPred, raw);
  const meanSquare = meanSquaredError(yTrue, yPred, { sampleWeight });
  return {
    mae: meanAbsoluteError(yTrue, yPred, { sampleWeight }),
    mse: meanSquare,
    rmse: Math.sqrt(meanSquare),
    r2: r2Score(yTrue, yPred, { sampleWeight }),
    perOutput: mae.map((value, i) => ({
      name: names?.[i] ?? `output ${i}`,
      mae: value,
      mse: mse[i],
      rmse: Math.sqrt(mse[i]),
      r2: r2[i],
    })),
  };
}
