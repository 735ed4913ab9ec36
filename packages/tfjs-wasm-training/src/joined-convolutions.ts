import { engine, type NamedAttrMap, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { checkConvolution } from './check-convolution.js';
import { composedConcatConv2d } from './composed-concat-conv2d.js';
import type { ConvAttributes } from './conv-geometry.js';
import type { ConcatConv2dOptions, ConvolutionBranch } from './convolution-branch.js';
import { currentRuntime } from './current-runtime.js';
import { branchInfos, ConcatConv2D, ConcatConv2DRelu } from './kernels/concat-conv2d.js';

/**
 * What concatConv2d, fusedConv2d and fire are made of.
 *
 * @param caller the function that errors name
 */
export function joinedConvolutions(
  caller: string,
  x: Tensor4D,
  branches: readonly ConvolutionBranch[],
  { activation = 'linear' }: ConcatConv2dOptions,
): Tensor4D {
  if (activation !== 'linear' && activation !== 'relu') {
    throw new Error(`${caller}: unknown activation; expected linear or relu, got ${activation}`);
  }
  for (const branch of branches) checkConvolution(caller, branch);
  const convolutions = branches.map(
    ({ strides = 1, pad = 'valid', dilations = 1 }): ConvAttributes => ({ strides, pad, dilations }),
  );
  const filters = branches.map(({ filter }) => filter);
  const biases = branches.flatMap(({ bias }) => bias ?? []);
  checkShapes(caller, x, filters, biases, convolutions);
  const inputs = [x, ...filters, ...biases];
  if (!currentRuntime() || inputs.some(({ dtype }) => dtype !== 'float32')) {
    return composedConcatConv2d(inputs, convolutions, activation);
  }
  const kernel = activation === 'relu' ? ConcatConv2DRelu : ConcatConv2D;
  // The engine takes an array of inputs and hands it on; its types know only named ones.
  const attributes = { convolutions } as unknown as NamedAttrMap;
  return engine().runKernel(kernel, inputs as never, attributes) as Tensor4D;
}

function checkShapes(
  caller: string,
  x: Tensor,
  filters: Tensor[],
  biases: Tensor[],
  convolutions: ConvAttributes[],
): void {
  const fit =
    x.rank === 4 &&
    filters.length > 0 &&
    filters.every(({ shape }) => shape.length === 4 && shape[2] === x.shape[3]) &&
    [0, filters.length].includes(biases.length) &&
    biases.every(({ shape }, i) => shape.length === 1 && shape[0] === filters[i]!.shape[3]);
  const maps = fit ? branchInfos(x.shape, filters, convolutions).map((info) => [info.outHeight, info.outWidth]) : [];
  if (fit && maps.every((map) => String(map) === String(maps[0]))) return;
  const expected =
    filters.length === 1
      ? 'x [batch, height, width, c], a filter [h, w, c, out] and, if any, a bias [out]'
      : 'x [batch, height, width, c], filters [h, w, c, out], for each or for none a bias [out], and the same output height and width from all';
  const shapes = [x, ...filters, ...biases].map(({ shape }) => `[${shape}]`).join(', ');
  const outputs = fit ? ` with outputs of ${maps.map((map) => map.join(' × ')).join(', ')} pixels` : '';
  throw new Error(`${caller}: shapes do not fit; expected ${expected}; got ${shapes}${outputs}`);
}
