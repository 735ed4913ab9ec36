import { backboneByName } from '@kanrecon/backbones';
import { type ParametricSurface, surfaceByName } from '@kanrecon/geometry';
import { model as layersModel } from '@tensorflow/tfjs-layers';
import { buildHead } from '../heads/build-head.js';
import { deriveSeed } from './derive-seed.js';
import { Reconstructor } from './reconstructor.js';
import { type PartialReconstructorConfig, parseReconstructorConfig } from './reconstructor-config.js';
import { reconstructorName } from './reconstructor-name.js';

/** A configuration with fields left out, and the surface as a name or as the surface itself. */
export type CreateReconstructorOptions = Omit<PartialReconstructorConfig, 'surface'> & {
  readonly surface?: string | ParametricSurface;
};

/**
 * Builds an untrained reconstructor. The weights depend only on `seed`.
 *
 * @param config fields left out get `reconstructorDefaults`; `surface` is a name that geometry knows or a surface of your own
 * @throws one sentence per wrong field, with the valid values
 */
export function createReconstructor(config: CreateReconstructorOptions = {}): Reconstructor {
  const { surface: given, ...rest } = config;
  const own = typeof given === 'object' ? given : undefined;
  const parsed = parseReconstructorConfig({ ...rest, surface: own?.name ?? given });
  const surface = own ?? surfaceByName(parsed.surface);
  const { backbone, head, imageSize, seed } = parsed;
  const outputs = surface.parameters.length;
  const features = backboneByName(backbone).create({ imageSize, seed: deriveSeed(seed, 0) });
  const output = buildHead(features.outputs[0], head, outputs, deriveSeed(seed, 1));
  const name = reconstructorName(parsed, outputs);
  return new Reconstructor(parsed, surface, layersModel({ inputs: features.inputs, outputs: output, name }));
}
