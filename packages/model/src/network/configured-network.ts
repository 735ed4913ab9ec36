import { backboneByName } from '@kanrecon/backbones';
import { type LayersModel, model as layersModel } from '@tensorflow/tfjs-layers';
import { buildHead, type ChangeLayer } from '../heads/build-head.js';
import type { HeadSpec } from '../heads/head-spec.js';
import { deriveSeed } from './derive-seed.js';
import type { ReconstructorConfig } from './reconstructor-config.js';
import { reconstructorName } from './reconstructor-name.js';

/**
 * The network of a configuration, untrained: images [batch, imageSize, imageSize, 3], normalised, through the backbone and the head to
 * [batch, outputs].
 *
 * @param change what becomes of each layer of the head before it is put in; it stays as it is when left out
 */
export function configuredNetwork(
  config: ReconstructorConfig,
  spec: HeadSpec,
  outputs: number,
  change?: ChangeLayer,
): LayersModel {
  const { backbone, head, imageSize, seed } = config;
  const features = backboneByName(backbone).create({ imageSize, seed: deriveSeed(seed, 0) });
  const output = buildHead(features.outputs[0], spec, head, outputs, deriveSeed(seed, 1), change);
  const network = layersModel({ inputs: features.inputs, outputs: output, name: reconstructorName(config) });
  configurations.set(network, config);
  return network;
}

const configurations = new WeakMap<LayersModel, ReconstructorConfig>();

/** Whether {@link configuredNetwork} made a network from that very configuration. */
export function isConfiguredNetwork(network: LayersModel, config: ReconstructorConfig): boolean {
  return configurations.get(network) === config;
}
