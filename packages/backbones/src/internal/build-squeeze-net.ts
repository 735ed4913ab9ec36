import { input, type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type BackboneOptions, resolveBackboneOptions } from '../backbone-options.js';
import type { SqueezeNetStage } from '../squeeze-net-stages.js';
import { applyLayer } from './apply-layer.js';
import { ceilModeMaxPool } from './ceil-mode-max-pool.js';
import { convolution } from './convolution.js';
import { type KernelInitializer, kaimingUniform } from './kernel-initializer.js';
import { pooledFeatures } from './pooled-features.js';

/**
 * Builds the SqueezeNet of these stages.
 *
 * ReLU is a layer of its own, once after each concatenation: while gradients are recorded, TensorFlow.js runs a
 * convolution with an activation as three operations and one without as a single fused one.
 */
export function buildSqueezeNet(
  caller: string,
  { stages, minImageSize }: { stages: readonly SqueezeNetStage[]; minImageSize: number },
  options: BackboneOptions,
): LayersModel {
  const resolved = resolveBackboneOptions(caller, minImageSize, options, { norms: false });
  const { height, width, channels, seed, name } = resolved;
  const initializer = kaimingUniform(seed);
  const image = input({ shape: [height, width, channels], name: `${name}.input` });
  let x = image;
  stages.forEach((stage, index) => {
    x = applyStage(x, `features.${index}`, stage, initializer);
  });
  return model({ inputs: image, outputs: pooledFeatures(x, resolved), name });
}

function applyStage(
  x: SymbolicTensor,
  name: string,
  stage: SqueezeNetStage,
  initializer: KernelInitializer,
): SymbolicTensor {
  switch (stage.type) {
    case 'convolution': {
      const { filters, kernel, stride } = stage;
      return convolution(x, filters, { name, kernel, stride, padding: 0, useBias: true, initializer });
    }
    case 'relu':
      return relu(x, name);
    case 'maxPool':
      return ceilModeMaxPool(x, name);
    case 'fire': {
      const { squeeze, expand } = stage;
      const shared = { useBias: true, initializer };
      const squeezed = relu(
        convolution(x, squeeze, { name: `${name}.squeeze`, kernel: 1, ...shared }),
        `${name}.squeeze_activation`,
      );
      const expanded = [
        convolution(squeezed, expand, { name: `${name}.expand1x1`, kernel: 1, ...shared }),
        convolution(squeezed, expand, { name: `${name}.expand3x3`, kernel: 3, ...shared }),
      ];
      return relu(applyLayer(layers.concatenate({ name: `${name}.concatenate` }), expanded), name);
    }
  }
}

function relu(x: SymbolicTensor, name: string): SymbolicTensor {
  return applyLayer(layers.activation({ name, activation: 'relu' }), x);
}
