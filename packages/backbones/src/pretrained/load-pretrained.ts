import type { BackboneName } from '../backbone-names.js';
import type { BackboneOptions } from '../backbone-options.js';
import { checkOptions, type OptionNames } from '../check-options.js';
import { type Backbone, createBackbone } from '../create-backbone.js';
import { type LoadedWeights, loadWeights } from '../weights/load-weights.js';
import { type PretrainedFile, type PretrainedRequest, requestOptionNames } from './pretrained-request.js';
import { pretrainedWeights } from './pretrained-weights.js';

/** Options of a backbone that its weights leave open. */
export type PretrainedBackboneOptions = Pick<BackboneOptions, 'imageSize' | 'name' | 'dropout' | 'stochasticDepth'>;

/** Names of the options. */
const backboneOptionNames = { imageSize: 1, name: 1, dropout: 1, stochasticDepth: 1 } as const;

/** A backbone with published weights; `mean` and `std` are those that they were trained under. */
export interface PretrainedBackbone extends Backbone {
  /** Where its weights come from. */
  readonly pretrained: Omit<PretrainedFile, 'bytes'>;
  /** What was loaded. */
  readonly loaded: LoadedWeights;
}

/**
 * What `createPretrained` of both entries is: builds a backbone as its published weights need it, and loads them.
 *
 * @param fetchFile the entry's own; asked once the backbone is there, so that a wrong option fails before anything is fetched
 * @param ownNames the options that only this entry has
 */
export async function loadPretrained<Request extends PretrainedRequest>(
  name: BackboneName,
  options: PretrainedBackboneOptions & Request,
  fetchFile: (name: BackboneName, request: Request) => Promise<PretrainedFile>,
  ownNames: Readonly<Record<Exclude<keyof Request, keyof PretrainedRequest>, 1>>,
): Promise<PretrainedBackbone> {
  const known = { ...requestOptionNames, ...backboneOptionNames, ...ownNames };
  checkOptions('createPretrained', options, known as OptionNames<typeof options>);
  const { imageSize, name: modelName, dropout, stochasticDepth, ...request } = options;
  const { batchNormEpsilon, mean, std } = pretrainedWeights(name, options.weights, 'createPretrained');
  const backbone = createBackbone(name, {
    ...(imageSize !== undefined && { imageSize }),
    ...(modelName !== undefined && { name: modelName }),
    ...(dropout !== undefined && { dropout }),
    ...(stochasticDepth !== undefined && { stochasticDepth }),
    ...(batchNormEpsilon !== undefined && { batchNormEpsilon }),
  });
  try {
    const { bytes, ...pretrained } = await fetchFile(name, request as unknown as Request);
    return { ...backbone, mean, std, pretrained, loaded: loadWeights(backbone, bytes) };
  } catch (error) {
    backbone.model.dispose();
    throw error;
  }
}
