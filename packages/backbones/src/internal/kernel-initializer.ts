import { initializers } from '@tensorflow/tfjs-layers';
import { layerSeed } from './layer-seed.js';

/** What an initializer needs to know of a convolution's kernel. */
export interface KernelShape {
  kernel: number;
  inChannels: number;
  outChannels: number;
}

type Initializer = ReturnType<typeof initializers.zeros>;

/** Makes the initializer of the named layer's kernel. */
export type KernelInitializer = (name: string, shape: KernelShape) => Initializer;

/** torch's `kaiming_uniform_(weight)` with its defaults: uniform in ±√(6 / fan in). torchvision's SqueezeNet uses it. */
export function kaimingUniform(seed: number): KernelInitializer {
  return (name, { kernel, inChannels }) => {
    const bound = Math.sqrt(6 / (kernel * kernel * inChannels));
    return initializers.randomUniform({ minval: -bound, maxval: bound, seed: layerSeed(seed, name) });
  };
}

/**
 * torch's `kaiming_normal_(weight, mode='fan_out')`: normal, not truncated, deviation √(2 / fan out). torchvision's
 * EfficientNet uses it. Fan out is kernel² · outChannels for depthwise kernels too: torch does not divide by the groups.
 */
export function kaimingNormalFanOut(seed: number): KernelInitializer {
  return (name, { kernel, outChannels }) =>
    initializers.randomNormal({
      mean: 0,
      stddev: Math.sqrt(2 / (kernel * kernel * outChannels)),
      seed: layerSeed(seed, name),
    });
}
