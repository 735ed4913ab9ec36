import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { BackboneOptions } from './backbone-options.js';
import { buildEfficientNet } from './internal/build-efficient-net.js';

/**
 * EfficientNet-Lite0 as a feature extractor: images `[batch, height, width, channels]`, normalised floats, to globally
 * average-pooled features `[batch, 1280]`. 3,371,008 parameters with three channels. B0 without squeeze and excitation and with ReLU6.
 *
 * Equal to timm's `efficientnet_lite0` without its classifier; torchvision has no such network, layers are named as it would. Weights
 * start as those of `efficientNetB0`. Standard layers only: a saved model loads without this package.
 *
 * @throws RangeError for an option out of range.
 */
export function efficientNetLite0(options: BackboneOptions = {}): LayersModel {
  return buildEfficientNet('efficientNetLite0', options);
}
