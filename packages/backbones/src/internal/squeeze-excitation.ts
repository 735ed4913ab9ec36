import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { hardSigmoid } from './activation.js';
import { applyLayer } from './apply-layer.js';
import { convolution } from './convolution.js';
import type { KernelInitializer } from './kernel-initializer.js';

/** How a network squeezes and excites. */
export interface SqueezeSettings {
  readonly activation: 'swish' | 'relu';
  readonly gate: 'sigmoid' | 'hardSigmoid';
}

/**
 * Squeeze and excitation (Hu et al., 2018, arXiv:1709.01507): every channel is scaled by a number in (0, 1) that two 1 × 1
 * convolutions find from the means of all channels.
 */
export function squeezeExcitation(
  x: SymbolicTensor,
  {
    name,
    squeezeChannels,
    initializer,
    settings: { activation, gate },
  }: { name: string; squeezeChannels: number; initializer: KernelInitializer; settings: SqueezeSettings },
): SymbolicTensor {
  const channels = x.shape.at(-1) as number;
  const means = applyLayer(layers.globalAveragePooling2d({ name: `${name}.avgpool` }), x);
  const map = applyLayer(layers.reshape({ name: `${name}.reshape`, targetShape: [1, 1, channels] }), means);
  const shared = { kernel: 1, useBias: true, initializer };
  const squeezed = convolution(map, squeezeChannels, { name: `${name}.fc1`, activation, ...shared });
  const excited = convolution(squeezed, channels, {
    name: `${name}.fc2`,
    ...(gate === 'sigmoid' && { activation: gate }),
    ...shared,
  });
  const scale = gate === 'sigmoid' ? excited : hardSigmoid(excited, `${name}.gate`);
  return applyLayer(layers.multiply({ name: `${name}.multiply` }), [x, scale]);
}
