import { type PairedSamples, weightedSums } from './paired-samples.js';

/** For each output the weighted mean of the squared errors. */
export function outputMeanSquares(pair: PairedSamples): number[] {
  return weightedSums(pair, (i) => (pair.yTrue[i] - pair.yPred[i]) ** 2).map((sum) => sum / pair.totalWeight);
}
