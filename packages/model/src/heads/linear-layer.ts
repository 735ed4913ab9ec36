import { initializers, layers } from '@tensorflow/tfjs-layers';
import { deriveSeed } from '../network/derive-seed.js';
import type { HeadLayerOptions } from './head-spec.js';

/**
 * PyTorch's nn.Linear with its start, U(±1/√inputs) for weights and bias. The study drops before the ReLU; doing so after it
 * (the next layer's dropout) is the same, as dropout only scales by a number that is not negative.
 */
export function linearLayer({ units, inputs, seed, name, hidden }: HeadLayerOptions): layers.Layer {
  const limit = 1 / Math.sqrt(inputs);
  const start = (part: number) =>
    initializers.randomUniform({ minval: -limit, maxval: limit, seed: deriveSeed(seed, part) });
  return layers.dense({
    units,
    name,
    kernelInitializer: start(0),
    biasInitializer: start(1),
    activation: hidden ? 'relu' : 'linear',
  });
}
