import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { BackboneOptions } from './backbone-options.js';
import { buildSqueezeNet } from './internal/build-squeeze-net.js';
import { squeezeNet10Stages } from './squeeze-net-stages.js';

/** The smallest side in pixels that leaves at least one pixel at the end. */
export const squeezeNet10MinImageSize = 21;

/**
 * SqueezeNet 1.0 as a feature extractor: images `[batch, height, width, channels]`, normalised floats, to globally
 * average-pooled features `[batch, 512]`. 735,424 parameters with three channels.
 *
 * Equal to torchvision's `squeezenet1_0().features` followed by a mean over the map; layers bear torchvision's names
 * (`features.3.squeeze`), weights start as torchvision's do (Kaiming uniform, zero biases). Standard layers only: a saved
 * model loads without this package.
 *
 * @throws RangeError for an image side below 21 pixels, or another option out of range.
 */
export function squeezeNet10(options: BackboneOptions = {}): LayersModel {
  return buildSqueezeNet(
    'squeezeNet10',
    { stages: squeezeNet10Stages, minImageSize: squeezeNet10MinImageSize },
    options,
  );
}
