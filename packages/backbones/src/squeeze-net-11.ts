import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { BackboneOptions } from './backbone-options.js';
import { buildSqueezeNet } from './internal/build-squeeze-net.js';
import { squeezeNet11Stages } from './squeeze-net-stages.js';

/** The smallest side in pixels that leaves at least one pixel at the end. */
export const squeezeNet11MinImageSize = 17;

/**
 * SqueezeNet 1.1 as a feature extractor: images `[batch, height, width, channels]`, normalised floats, to globally
 * average-pooled features `[batch, 512]`. 722,496 parameters with three channels.
 *
 * Equal to torchvision's `squeezenet1_1().features` followed by a mean over the map; layers bear torchvision's names
 * (`features.3.squeeze`), weights start as torchvision's do (Kaiming uniform, zero biases). Standard layers only: a saved
 * model loads without this package.
 *
 * @throws RangeError for an image side below 17 pixels, or another option out of range.
 */
export function squeezeNet11(options: BackboneOptions = {}): LayersModel {
  return buildSqueezeNet(
    'squeezeNet11',
    { stages: squeezeNet11Stages, minImageSize: squeezeNet11MinImageSize },
    options,
  );
}
