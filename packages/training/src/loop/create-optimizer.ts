import { AdamW } from '@kanrecon/model';
import { fusedAdamWStep } from '@kanrecon/tfjs-wasm-training';
import type { TrainingSettings } from '../node/run/run-config.js';

/** The optimizer of a run, before its first step. */
export function createOptimizer({
  learningRate,
  weightDecay,
}: Pick<TrainingSettings, 'learningRate' | 'weightDecay'>): AdamW {
  return new AdamW({ learningRate, weightDecay, fusedStep: fusedAdamWStep });
}
