import { input, type LayersModel, model } from '@tensorflow/tfjs-layers';
import { type BackboneOptions, resolveBackboneOptions } from './backbone-options.js';
import { toMultiple } from './efficient-net-stages.js';
import { batchNorm } from './internal/batch-norm.js';
import { convolution } from './internal/convolution.js';
import { invertedResidual } from './internal/inverted-residual.js';
import { kaimingNormalFanOut } from './internal/kernel-initializer.js';
import { pooledFeatures } from './internal/pooled-features.js';
import {
  mobileNetV3SmallBlocks,
  mobileNetV3SmallHeadChannels,
  mobileNetV3SmallStemChannels,
} from './mobile-net-stages.js';

/** Padding keeps at least one pixel, whatever the size. */
export const mobileNetV3SmallMinImageSize = 1;

const squeezing = { activation: 'relu', gate: 'hardSigmoid' } as const;

/**
 * MobileNetV3-Small as a feature extractor: images `[batch, height, width, channels]`, normalised floats, to globally average-pooled
 * features `[batch, 576]`. 927,008 parameters with three channels.
 *
 * Equal to torchvision's `mobilenet_v3_small().features` followed by a mean over the map; layers bear torchvision's names
 * (`features.2.block.1.0`), weights start as torchvision's do (Kaiming normal over the fan out, norms 1 and 0, zero biases). timm's
 * network differs in the norms' epsilon: for its weights set `batchNormEpsilon: 1e-5`. Standard layers only: a saved model loads
 * without this package.
 *
 * @throws RangeError for an option out of range.
 */
export function mobileNetV3Small(options: BackboneOptions = {}): LayersModel {
  const resolved = resolveBackboneOptions('mobileNetV3Small', mobileNetV3SmallMinImageSize, options, {
    residual: true,
  });
  const { height, width, channels, seed, name, stochasticDepth, batchNormEpsilon = 1e-3 } = resolved;
  const norm = { momentum: 0.01, epsilon: batchNormEpsilon };
  const initializer = kaimingNormalFanOut(seed);
  const image = input({ shape: [height, width, channels], name: `${name}.input` });
  const stem = { name: 'features.0.0', kernel: 3, stride: 2, initializer };
  let x = convolution(image, mobileNetV3SmallStemChannels, stem);
  x = batchNorm(x, 'features.0.1', norm, { name: 'features.0.2', kind: 'hardSwish' });
  mobileNetV3SmallBlocks.forEach(({ kernel, expanded, outChannels, squeeze, activation, stride }, index) => {
    x = invertedResidual(x, {
      name: `features.${index + 1}`,
      ...{ kernel, stride, outChannels, activation, norm, initializer, squeeze: squeezing },
      expandedChannels: expanded,
      // A quarter of the expanded channels, where EfficientNets take one of those that enter.
      squeezeChannels: squeeze ? toMultiple(Math.floor(expanded / 4)) : 0,
      dropRate: (stochasticDepth * index) / mobileNetV3SmallBlocks.length,
    });
  });
  const head = `features.${mobileNetV3SmallBlocks.length + 1}`;
  x = convolution(x, mobileNetV3SmallHeadChannels, { name: `${head}.0`, kernel: 1, initializer });
  x = batchNorm(x, `${head}.1`, norm, { name: `${head}.2`, kind: 'hardSwish' });
  return model({ inputs: image, outputs: pooledFeatures(x, resolved), name });
}
