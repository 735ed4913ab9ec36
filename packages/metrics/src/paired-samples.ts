import { compensatedSum } from './compensated-sum.js';
import { finiteOrNaN, flatTargets, type Targets } from './targets.js';

/** Targets, predictions and weights that fit each other. */
export interface PairedSamples {
  readonly samples: number;
  readonly outputs: number;
  /** Row-major, samples × outputs. */
  readonly yTrue: Float64Array;
  readonly yPred: Float64Array;
  /** One per sample; undefined means all 1. */
  readonly weights?: Float64Array;
  readonly totalWeight: number;
}

/**
 * Checks the arguments that all metrics share.
 *
 * @throws if shapes differ, a number is not finite, there is no sample, or the weights sum to zero
 */
export function pairedSamples(
  yTrue: Targets,
  yPred: Targets,
  sampleWeight: ArrayLike<number> | undefined,
  caller: string,
): PairedSamples {
  const truth = flatTargets(yTrue, caller, 'yTrue');
  const prediction = flatTargets(yPred, caller, 'yPred');
  const { samples, outputs } = truth;
  if (samples !== prediction.samples) {
    throw new Error(
      `${caller}: yTrue and yPred have different numbers of samples; expected ${samples}, got ${prediction.samples}`,
    );
  }
  if (outputs !== prediction.outputs) {
    throw new Error(
      `${caller}: yTrue and yPred have different numbers of outputs; expected ${outputs}, got ${prediction.outputs}`,
    );
  }
  const pair = { samples, outputs, yTrue: truth.data, yPred: prediction.data };
  if (sampleWeight === undefined) return { ...pair, totalWeight: samples };
  const weights = Float64Array.from(sampleWeight, finiteOrNaN);
  if (weights.length !== samples) {
    throw new Error(
      `${caller}: wrong number of sample weights; expected one per sample, ${samples}, got ${weights.length}`,
    );
  }
  const totalWeight = compensatedSum(samples, (i) => weights[i]);
  if (!Number.isFinite(totalWeight)) {
    const wrong = weights.findIndex((weight) => !Number.isFinite(weight));
    throw new Error(`${caller}: sample weight ${wrong} must be a finite number, got ${weights[wrong]}`);
  }
  if (totalWeight === 0) throw new Error(`${caller}: the sample weights sum to zero; expected another sum, got 0`);
  return { ...pair, weights, totalWeight };
}

/** For each output the sum over samples of weight × term. */
export function weightedSums(
  { samples, outputs, weights }: PairedSamples,
  term: (index: number, output: number) => number,
): number[] {
  return Array.from({ length: outputs }, (_, output) =>
    compensatedSum(samples, (i) => (weights ? weights[i] : 1) * term(i * outputs + output, output)),
  );
}
