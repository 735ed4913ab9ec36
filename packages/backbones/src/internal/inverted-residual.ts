import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { ActivationKind } from './activation.js';
import { applyLayer } from './apply-layer.js';
import { batchNorm, type NormSettings } from './batch-norm.js';
import { convolution, depthwiseConvolution } from './convolution.js';
import type { KernelInitializer } from './kernel-initializer.js';
import { type SqueezeSettings, squeezeExcitation } from './squeeze-excitation.js';

/** One "MBConv" block of EfficientNets and MobileNets. */
export interface InvertedResidualOptions {
  /** torchvision's name of the block, `features.2.0`. */
  name: string;
  /** Channels inside the block; as many as enter it: no expansion. */
  expandedChannels: number;
  kernel: number;
  stride: number;
  outChannels: number;
  /** Channels between squeeze and excitation; 0 for none of these. */
  squeezeChannels: number;
  squeeze: SqueezeSettings;
  activation: ActivationKind;
  norm: NormSettings;
  initializer: KernelInitializer;
  /** Probability with which an image goes past the block in training (stochastic depth, arXiv:1603.09382). */
  dropRate: number;
}

/** Expand, depthwise convolution, squeeze and excitation, project; plus the input if it fits. */
export function invertedResidual(x: SymbolicTensor, options: InvertedResidualOptions): SymbolicTensor {
  const { name, expandedChannels, kernel, stride, outChannels, squeezeChannels, squeeze } = options;
  const { activation: kind, norm, initializer, dropRate } = options;
  const inChannels = x.shape.at(-1) as number;
  let part = 0;
  const nextPart = () => `${name}.block.${part++}`;

  let y = x;
  if (expandedChannels !== inChannels) {
    const expand = nextPart();
    y = convolution(y, expandedChannels, { name: `${expand}.0`, kernel: 1, initializer });
    y = batchNorm(y, `${expand}.1`, norm, { name: `${expand}.2`, kind });
  }
  const depthwise = nextPart();
  y = depthwiseConvolution(y, { name: `${depthwise}.0`, kernel, stride, initializer });
  y = batchNorm(y, `${depthwise}.1`, norm, { name: `${depthwise}.2`, kind });
  if (squeezeChannels > 0) {
    y = squeezeExcitation(y, { name: nextPart(), squeezeChannels, initializer, settings: squeeze });
  }
  const project = nextPart();
  y = convolution(y, outChannels, { name: `${project}.0`, kernel: 1, initializer });
  y = batchNorm(y, `${project}.1`, norm);
  if (stride !== 1 || inChannels !== outChannels) return y;
  if (dropRate > 0) y = stochasticDepth(y, `${name}.stochastic_depth`, dropRate);
  return applyLayer(layers.add({ name: `${name}.add` }), [y, x]);
}

/** torchvision's `StochasticDepth(rate, 'row')`: dropout with one number for each image. */
function stochasticDepth(x: SymbolicTensor, name: string, rate: number): SymbolicTensor {
  const noiseShape = [null, 1, 1, 1] as unknown as number[];
  return applyLayer(layers.dropout({ name, rate, noiseShape }), x);
}
