import type { BackboneName } from '../backbone-names.js';
import {
  loadPretrained,
  type PretrainedBackbone,
  type PretrainedBackboneOptions,
} from '../pretrained/load-pretrained.js';
import { type FetchPretrainedOptions, fetchPretrained } from './fetch-pretrained.js';

/** Options of {@link createPretrained}: of the backbone, and of fetching its weights. */
export interface CreatePretrainedOptions extends PretrainedBackboneOptions, FetchPretrainedOptions {}

/**
 * A backbone with published weights, fetched as {@link fetchPretrained} does: `createBackbone`, fetch and `loadWeights` in one. Its batch norms
 * have the epsilon of these weights, and its `mean` and `std` are theirs.
 *
 * @param options `imageSize` is the published weights' where it is left out
 * @throws as `createBackbone`, `fetchPretrained` and `loadWeights`
 */
export function createPretrained(
  name: BackboneName,
  options: CreatePretrainedOptions = {},
): Promise<PretrainedBackbone> {
  return loadPretrained(name, options, fetchPretrained, { cacheFolder: 1, onWait: 1 });
}
