import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { BackboneOptions } from './backbone-options.js';
import { buildEfficientNet } from './internal/build-efficient-net.js';

/**
 * EfficientNet-B1 as a feature extractor: images `[batch, height, width, channels]`, normalised floats, to globally
 * average-pooled features `[batch, 1280]`. 6,513,184 parameters with three channels.
 *
 * Equal to torchvision's `efficientnet_b1()` without its classifier; layers bear torchvision's names (`features.2.0.block.1.0`), weights
 * start as torchvision's do (Kaiming normal over the fan out, norms 1 and 0, zero biases). Standard layers only: a saved model loads
 * without this package.
 *
 * @throws RangeError for an option out of range.
 */
export function efficientNetB1(options: BackboneOptions = {}): LayersModel {
  return buildEfficientNet('efficientNetB1', options);
}
