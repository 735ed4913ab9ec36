import { AdamW } from '@kanrecon/model';
import { fusedAdamWStep } from '@kanrecon/tfjs-wasm-training';
import type { Experiment } from '../experiment/experiment.js';

/** The optimizer of a training, before its first step. */
export function createOptimizer({ optimizer }: Pick<Experiment, 'optimizer'>): AdamW {
  return new AdamW({ ...optimizer, fusedStep: fusedAdamWStep });
}
