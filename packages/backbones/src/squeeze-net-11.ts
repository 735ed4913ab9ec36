import { input, type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type BackboneOptions, resolveBackboneOptions } from './backbone-options.js';
import { applyLayer } from './internal/apply-layer.js';
import { ceilModeMaxPool } from './internal/ceil-mode-max-pool.js';
import { convolution } from './internal/convolution.js';
import { type KernelInitializer, kaimingUniform } from './internal/kernel-initializer.js';
import { type SqueezeNetStage, squeezeNet11Stages } from './squeeze-net-11-stages.js';

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
 * ReLU is a layer of its own, once after each concatenation: while gradients are recorded, TensorFlow.js runs a
 * convolution with an activation as three operations and one without as a single fused one.
 *
 * @throws RangeError for an image side below 17 pixels, or another option out of range.
 */
export function squeezeNet11(options: BackboneOptions = {}): LayersModel {
  const { height, width, channels, seed, name } = resolveBackboneOptions(
    'squeezeNet11',
    squeezeNet11MinImageSize,
    options,
  );
  const initializer = kaimingUniform(seed);
  const image = input({ shape: [height, width, channels], name: `${name}.input` });
  let x = image;
  squeezeNet11Stages.forEach((stage, index) => {
    x = applyStage(x, `features.${index}`, stage, initializer);
  });
  const pooled = applyLayer(layers.globalAveragePooling2d({ name: 'features.pooled' }), x);
  return model({ inputs: image, outputs: pooled, name });
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
