import { input, type LayersModel, layers, model } from '@tensorflow/tfjs-layers';
import { type BackboneOptions, resolveBackboneOptions } from './backbone-options.js';
import {
  efficientNetB0HeadChannels,
  efficientNetB0Stages,
  efficientNetB0StemChannels,
} from './efficient-net-b0-stages.js';
import { applyLayer } from './internal/apply-layer.js';
import { batchNorm } from './internal/batch-norm.js';
import { convolution } from './internal/convolution.js';
import { invertedResidual } from './internal/inverted-residual.js';
import { kaimingNormalFanOut } from './internal/kernel-initializer.js';

/** Padding keeps at least one pixel, whatever the size; below 32 pixels the last map is a single one. */
export const efficientNetB0MinImageSize = 1;

/**
 * EfficientNet-B0 as a feature extractor: images `[batch, height, width, channels]`, normalised floats, to globally
 * average-pooled features `[batch, 1280]`. 4,007,548 parameters with three channels.
 *
 * Equal to torchvision's `efficientnet_b0()` without its classifier and without stochastic depth; layers bear torchvision's
 * names (`features.2.0.block.1.0`), weights start as torchvision's do (Kaiming normal over the fan out, norms 1 and 0, zero
 * biases). Standard layers only: a saved model loads without this package.
 *
 * @throws RangeError for an option out of range.
 */
export function efficientNetB0(options: BackboneOptions = {}): LayersModel {
  const { height, width, channels, seed, name } = resolveBackboneOptions(
    'efficientNetB0',
    efficientNetB0MinImageSize,
    options,
  );
  const initializer = kaimingNormalFanOut(seed);
  const image = input({ shape: [height, width, channels], name: `${name}.input` });

  let x = convolution(image, efficientNetB0StemChannels, { name: 'features.0.0', kernel: 3, stride: 2, initializer });
  x = batchNorm(x, 'features.0.1', 'features.0.2');
  efficientNetB0Stages.forEach(({ blocks, stride, ...shared }, index) => {
    for (let block = 0; block < blocks; block++) {
      const blockName = `features.${index + 1}.${block}`;
      x = invertedResidual(x, { name: blockName, stride: block === 0 ? stride : 1, initializer, ...shared });
    }
  });
  const head = `features.${efficientNetB0Stages.length + 1}`;
  x = convolution(x, efficientNetB0HeadChannels, { name: `${head}.0`, kernel: 1, initializer });
  x = batchNorm(x, `${head}.1`, `${head}.2`);

  const pooled = applyLayer(layers.globalAveragePooling2d({ name: 'features.pooled' }), x);
  return model({ inputs: image, outputs: pooled, name });
}
