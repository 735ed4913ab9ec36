import { input, type LayersModel, model } from '@tensorflow/tfjs-layers';
import { type BackboneOptions, resolveBackboneOptions } from '../backbone-options.js';
import { type EfficientNetName, efficientNetStages, efficientNetVariants } from '../efficient-net-stages.js';
import { batchNorm, normDefaults } from './batch-norm.js';
import { convolution } from './convolution.js';
import { invertedResidual } from './inverted-residual.js';
import { kaimingNormalFanOut } from './kernel-initializer.js';
import { pooledFeatures } from './pooled-features.js';

/** Padding keeps at least one pixel, whatever the size; below 32 pixels the last map is a single one. */
export const efficientNetMinImageSize = 1;

const squeezing = { activation: 'swish', gate: 'sigmoid' } as const;

/** Builds the EfficientNet of that name. */
export function buildEfficientNet(caller: EfficientNetName, options: BackboneOptions): LayersModel {
  const resolved = resolveBackboneOptions(caller, efficientNetMinImageSize, options, { residual: true });
  const { height, width, channels, seed, name, stochasticDepth, batchNormEpsilon } = resolved;
  const variant = efficientNetVariants[caller];
  const stages = efficientNetStages(variant);
  const kind = variant.activation;
  const norm = { ...normDefaults, epsilon: batchNormEpsilon ?? normDefaults.epsilon };
  const initializer = kaimingNormalFanOut(seed);
  const image = input({ shape: [height, width, channels], name: `${name}.input` });

  let x = convolution(image, variant.stemChannels, { name: 'features.0.0', kernel: 3, stride: 2, initializer });
  x = batchNorm(x, 'features.0.1', norm, { name: 'features.0.2', kind });
  const total = stages.reduce((sum, { blocks }) => sum + blocks, 0);
  let done = 0;
  stages.forEach(({ blocks, stride, expansion, kernel, outChannels }, index) => {
    for (let block = 0; block < blocks; block++) {
      const inChannels = x.shape.at(-1) as number;
      x = invertedResidual(x, {
        name: `features.${index + 1}.${block}`,
        stride: block === 0 ? stride : 1,
        ...{ kernel, outChannels, norm, initializer, activation: kind, squeeze: squeezing },
        expandedChannels: inChannels * expansion,
        // A quarter of the channels that enter the block, not of the expanded ones.
        squeezeChannels: variant.squeeze ? Math.max(1, inChannels >> 2) : 0,
        dropRate: (stochasticDepth * done++) / total,
      });
    }
  });
  const head = `features.${stages.length + 1}`;
  x = convolution(x, variant.headChannels, { name: `${head}.0`, kernel: 1, initializer });
  x = batchNorm(x, `${head}.1`, norm, { name: `${head}.2`, kind });
  return model({ inputs: image, outputs: pooledFeatures(x, resolved), name });
}
