import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { applyLayer } from './apply-layer.js';
import type { KernelInitializer } from './kernel-initializer.js';

/** A square convolution as torch describes it. */
export interface ConvolutionOptions {
  name: string;
  kernel: number;
  initializer: KernelInitializer;
  /** Default 1. */
  stride?: number;
  /** torch's symmetric padding. Default (kernel − 1) / 2; 0 for none. No other value occurs in these networks. */
  padding?: number;
  /** Default false. */
  useBias?: boolean;
  /** Activation inside the layer. Default none. */
  activation?: 'swish' | 'relu' | 'sigmoid';
}

/** torch's `Conv2d` in standard layers. */
export function convolution(
  x: SymbolicTensor,
  filters: number,
  {
    name,
    kernel,
    initializer,
    stride = 1,
    padding = (kernel - 1) / 2,
    useBias = false,
    activation,
  }: ConvolutionOptions,
): SymbolicTensor {
  const padded = padLikeTorch(x, { name, kernel, stride, padding });
  const layer = layers.conv2d({
    name,
    filters,
    kernelSize: kernel,
    strides: stride,
    padding: padded.padding,
    useBias,
    activation,
    kernelInitializer: initializer(name, { kernel, inChannels: x.shape.at(-1) as number, outChannels: filters }),
  });
  return applyLayer(layer, padded.x);
}

/** torch's `Conv2d` with `groups` = channels, without a bias, in standard layers. */
export function depthwiseConvolution(
  x: SymbolicTensor,
  { name, kernel, initializer, stride = 1 }: Pick<ConvolutionOptions, 'name' | 'kernel' | 'initializer' | 'stride'>,
): SymbolicTensor {
  const channels = x.shape.at(-1) as number;
  const padded = padLikeTorch(x, { name, kernel, stride, padding: (kernel - 1) / 2 });
  const layer = layers.depthwiseConv2d({
    name,
    kernelSize: kernel,
    strides: stride,
    padding: padded.padding,
    useBias: false,
    depthwiseInitializer: initializer(name, { kernel, inChannels: 1, outChannels: channels }),
  });
  return applyLayer(layer, padded.x);
}

/**
 * torch pads symmetrically. TensorFlow's 'same' does so only where the stride is 1 (on even images with stride 2 it puts
 * the odd pixel at the end), and numeric padding is neither part of the layers nor known to the native Node backend. So
 * stride 1 is 'same', which costs nothing, and any other stride is a padding layer followed by 'valid'.
 */
function padLikeTorch(
  x: SymbolicTensor,
  { name, kernel, stride, padding }: { name: string; kernel: number; stride: number; padding: number },
): { x: SymbolicTensor; padding: 'valid' | 'same' } {
  if (padding === 0) return { x, padding: 'valid' };
  if (stride === 1 && 2 * padding === kernel - 1) return { x, padding: 'same' };
  return { x: applyLayer(layers.zeroPadding2d({ name: `${name}.pad`, padding }), x), padding: 'valid' };
}
