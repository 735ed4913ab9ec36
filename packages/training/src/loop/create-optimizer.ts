import { AdamW, type Reconstructor } from '@kanrecon/model';
import { fusedAdamWStep } from '@kanrecon/tfjs-wasm-training';
import type { Experiment } from '../experiment/experiment.js';

/** The optimizer of a training, before its first step. The backbone's weights have a rate of their own where one is set. */
export function createOptimizer(
  { optimizer }: Pick<Experiment, 'optimizer'>,
  { backboneLayers, trainableVariables }: Reconstructor,
): AdamW {
  const { backboneRate, ...settings } = optimizer;
  const common = { ...settings, fusedStep: fusedAdamWStep };
  if (backboneRate === undefined) return new AdamW(common);
  const ofBackbone = new Set(backboneLayers.flatMap((layer) => layer.trainableWeights.map((weight) => weight.read())));
  const factor = backboneRate / settings.learningRate;
  return new AdamW({ ...common, rateFactors: trainableVariables.map((each) => (ofBackbone.has(each) ? factor : 1)) });
}
