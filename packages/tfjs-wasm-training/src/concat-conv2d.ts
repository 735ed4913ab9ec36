import { type backend_util, engine, type NamedAttrMap, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { checkConvolution } from './check-convolution.js';
import { composedConcatConv2d } from './composed-concat-conv2d.js';
import type { ConvAttributes } from './conv-geometry.js';
import { currentRuntime } from './current-runtime.js';
import { branchInfos, ConcatConv2D, ConcatConv2DRelu } from './kernels/concat-conv2d.js';

/** One of the convolutions of {@link concatConv2d}. */
export interface ConvolutionBranch {
  /** [height, width, inChannels, outChannels] */
  filter: Tensor;
  /** [outChannels]; all branches have one, or none has. */
  bias?: Tensor;
  /** Default 1. */
  strides?: number | [number, number];
  /** Default 'valid'. */
  pad?: 'valid' | 'same' | backend_util.ExplicitPadding;
  /** Default 1. */
  dilations?: number | [number, number];
}

/** Settings of {@link concatConv2d}. */
export interface ConcatConv2dOptions {
  /** What is applied to the joined output. Default 'linear': nothing. */
  activation?: 'linear' | 'relu';
}

/**
 * Convolutions of one input, each with its bias, joined along the channels, and an activation behind: the expanding half of a
 * fire module (SqueezeNet), one block of an inception network. On the WASM backend with enableWasmTraining() each writes
 * where its channels lie in the joined output, so nothing is copied, and its gradient reads them there; elsewhere it is
 * composed of tfjs operations. Gradients that nobody asks for are not computed.
 *
 * @param x [batch, height, width, inChannels]
 * @returns [batch, outHeight, outWidth, sum of the outChannels]
 * @throws if the shapes do not fit together, or strides, dilations or padding are none
 */
export function concatConv2d(
  x: Tensor4D,
  branches: readonly ConvolutionBranch[],
  { activation = 'linear' }: ConcatConv2dOptions = {},
): Tensor4D {
  if (activation !== 'linear' && activation !== 'relu') {
    throw new Error(`concatConv2d: unknown activation; expected linear or relu, got ${activation}`);
  }
  for (const branch of branches) checkConvolution('concatConv2d', branch);
  const convolutions = branches.map(
    ({ strides = 1, pad = 'valid', dilations = 1 }): ConvAttributes => ({ strides, pad, dilations }),
  );
  const filters = branches.map(({ filter }) => filter);
  const biases = branches.flatMap(({ bias }) => bias ?? []);
  checkShapes(x, filters, biases, convolutions);
  const inputs = [x, ...filters, ...biases];
  if (!currentRuntime() || inputs.some(({ dtype }) => dtype !== 'float32')) {
    return composedConcatConv2d(inputs, convolutions, activation);
  }
  const kernel = activation === 'relu' ? ConcatConv2DRelu : ConcatConv2D;
  // The engine takes an array of inputs and hands it on; its types know only named ones.
  const attributes = { convolutions } as unknown as NamedAttrMap;
  return engine().runKernel(kernel, inputs as never, attributes) as Tensor4D;
}

function checkShapes(x: Tensor, filters: Tensor[], biases: Tensor[], convolutions: ConvAttributes[]): void {
  const shapes = [x, ...filters, ...biases].map(({ shape }) => `[${shape}]`).join(', ');
  const fit =
    x.rank === 4 &&
    filters.length > 0 &&
    filters.every(({ shape }) => shape.length === 4 && shape[2] === x.shape[3]) &&
    [0, filters.length].includes(biases.length) &&
    biases.every(({ shape }, i) => shape.length === 1 && shape[0] === filters[i]!.shape[3]);
  const maps = fit ? branchInfos(x.shape, filters, convolutions).map((info) => [info.outHeight, info.outWidth]) : [];
  if (fit && maps.every((map) => String(map) === String(maps[0]))) return;
  throw new Error(
    `concatConv2d: shapes do not fit; expected x [batch, height, width, c], filters [h, w, c, out], for each or for none a bias [out], and the same output height and width from all; got ${shapes}${fit ? ` with outputs of ${maps.map((map) => map.join(' × ')).join(', ')} pixels` : ''}`,
  );
}
