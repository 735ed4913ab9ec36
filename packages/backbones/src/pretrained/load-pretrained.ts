import type { BackboneName } from '../backbone-names.js';
import type { BackboneOptions } from '../backbone-options.js';
import { type Backbone, createBackbone } from '../create-backbone.js';
import { type LoadedWeights, loadWeights } from '../weights/load-weights.js';
import type { PretrainedFile } from './pretrained-request.js';
import { pretrainedWeights, type WeightsName } from './pretrained-weights.js';

/** Options of a backbone that its weights leave open. */
export type PretrainedBackboneOptions = Pick<BackboneOptions, 'imageSize' | 'name' | 'dropout' | 'stochasticDepth'>;

/** Names of the options. */
export const backboneOptionNames = { imageSize: 1, name: 1, dropout: 1, stochasticDepth: 1 } as const;

/** A backbone with published weights; `mean` and `std` are those that they were trained under. */
export interface PretrainedBackbone extends Backbone {
  /** Where its weights come from. */
  readonly pretrained: Omit<PretrainedFile, 'bytes'>;
  /** What was loaded. */
  readonly loaded: LoadedWeights;
}

/**
 * Builds a backbone as its published weights need it, and loads them.
 *
 * @param fetchFile asked once the backbone is there, so that a wrong option fails before anything is fetched
 */
export async function loadPretrained(
  name: BackboneName,
  weights: WeightsName | undefined,
  { imageSize, name: modelName, dropout, stochasticDepth }: PretrainedBackboneOptions,
  fetchFile: () => Promise<PretrainedFile>,
): Promise<PretrainedBackbone> {
  const { batchNormEpsilon, mean, std } = pretrainedWeights(name, weights, 'createPretrained');
  const backbone = createBackbone(name, {
    ...(imageSize !== undefined && { imageSize }),
    ...(modelName !== undefined && { name: modelName }),
    ...(dropout !== undefined && { dropout }),
    ...(stochasticDepth !== undefined && { stochasticDepth }),
    ...(batchNormEpsilon !== undefined && { batchNormEpsilon }),
  });
  try {
    const { bytes, ...pretrained } = await fetchFile();
    return { ...backbone, mean, std, pretrained, loaded: loadWeights(backbone, bytes) };
  } catch (error) {
    backbone.model.dispose();
    throw error;
  }
}
