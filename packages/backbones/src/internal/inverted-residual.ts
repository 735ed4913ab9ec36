import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { applyLayer } from './apply-layer.js';
import { batchNorm } from './batch-norm.js';
import { convolution, depthwiseConvolution } from './convolution.js';
import type { KernelInitializer } from './kernel-initializer.js';
import { squeezeExcitation } from './squeeze-excitation.js';

/** One "MBConv" block of EfficientNet. */
export interface InvertedResidualOptions {
  /** torchvision's name of the block, `features.2.0`. */
  name: string;
  expansion: number;
  kernel: number;
  stride: number;
  outChannels: number;
  initializer: KernelInitializer;
}

/** Expand (unless the expansion is 1), depthwise convolution, squeeze and excitation, project; plus the input if it fits. */
export function invertedResidual(
  x: SymbolicTensor,
  { name, expansion, kernel, stride, outChannels, initializer }: InvertedResidualOptions,
): SymbolicTensor {
  const inChannels = x.shape.at(-1) as number;
  let part = 0;
  const nextPart = () => `${name}.block.${part++}`;

  let y = x;
  if (expansion > 1) {
    const expand = nextPart();
    y = convolution(y, inChannels * expansion, { name: `${expand}.0`, kernel: 1, initializer });
    y = batchNorm(y, `${expand}.1`, `${expand}.2`);
  }
  const depthwise = nextPart();
  y = depthwiseConvolution(y, { name: `${depthwise}.0`, kernel, stride, initializer });
  y = batchNorm(y, `${depthwise}.1`, `${depthwise}.2`);
  // A quarter of the channels that enter the block, not of the expanded ones.
  y = squeezeExcitation(y, { name: nextPart(), squeezeChannels: Math.max(1, inChannels >> 2), initializer });
  const project = nextPart();
  y = convolution(y, outChannels, { name: `${project}.0`, kernel: 1, initializer });
  y = batchNorm(y, `${project}.1`);
  return stride === 1 && inChannels === outChannels ? applyLayer(layers.add({ name: `${name}.add` }), [y, x]) : y;
}
