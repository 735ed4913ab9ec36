import { FusedBatchNorm, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { withDtype } from '../convert-dtype.js';
import type { KernelReplacement } from '../kernel-replacement.js';
import type { KernelRuntime } from '../kernel-runtime.js';
import { type OneAxis, oneAxisOf } from '../one-axis.js';
import { repeatsAlong } from '../repeats-along.js';
import { requireStock } from '../require-stock.js';

interface Inputs extends Record<string, TensorInfo | undefined> {
  x: TensorInfo;
  mean: TensorInfo;
  variance: TensorInfo;
  offset?: TensorInfo;
  scale?: TensorInfo;
}

/**
 * FusedBatchNorm with a mean, variance, scale and offset for each channel or one for all, or for each index of another axis
 * ([1, c, 1, 1] for images with channels first); statistics of more axes go to the stock kernel. That one repeats a statistic along
 * the values, whatever its shape, so what does not fit is refused. The result is float32 for integers too.
 */
export const fusedBatchNormKernel: KernelReplacement = {
  kernelName: FusedBatchNorm,
  create: (runtime, stock) => (args) => {
    const { varianceEpsilon } = args.attrs as unknown as { varianceEpsilon: number };
    return withDtype(runtime, args.inputs as unknown as Inputs, 'float32', (inputs) => {
      const { x, ...statistics } = inputs;
      const channels = x.shape[x.shape.length - 1]!;
      const known = Object.entries(statistics).flatMap(([name, tensor]) =>
        tensor ? [{ name, shape: tensor.shape }] : [],
      );
      const misfit = known.find(({ shape }) => !repeatsAlong(x.shape, shape));
      if (misfit) {
        const along = oneAxisOf(
          x.shape,
          known.map(({ shape }) => shape),
        );
        if (along) return normaliseAlong(runtime, inputs, along, varianceEpsilon);
        throw new Error(
          `batchNorm: the ${misfit.name} does not fit; expected shape [${channels}], [1], the last axes of x [${x.shape}] or, like all others, ` +
            `one axis of x and ones, got [${misfit.shape}]`,
        );
      }
      const plain = known.every(({ shape }) => shape.length === 1);
      const output = plain ? normalise(runtime, inputs, channels, varianceEpsilon) : undefined;
      return output ?? requireStock(FusedBatchNorm, stock, 'such statistics')({ ...args, inputs: inputs as never });
    });
  },
};

function normaliseAlong(
  runtime: KernelRuntime,
  { x, mean, variance, offset, scale }: Inputs,
  { outer, size, inner }: OneAxis,
  varianceEpsilon: number,
): TensorInfo {
  const output = runtime.output(x.shape);
  const [from, to] = [runtime.values(x), runtime.values(output)];
  const [meanOf, varianceOf] = [channelOf(runtime, mean, 0), channelOf(runtime, variance, 1)];
  const [offsetOf, scaleOf] = [channelOf(runtime, offset, 0), channelOf(runtime, scale, 1)];
  for (let row = 0, i = 0; row < outer * size; row++) {
    const c = row % size;
    const [center, shift] = [meanOf(c), offsetOf(c)];
    const factor = scaleOf(c) / Math.sqrt(varianceOf(c) + varianceEpsilon);
    for (const end = i + inner; i < end; i++) to[i] = (from[i]! - center) * factor + shift;
  }
  return output;
}

function channelOf(runtime: KernelRuntime, statistic: TensorInfo | undefined, missing: number): (c: number) => number {
  const values = statistic ? runtime.values(statistic) : [missing];
  return (c) => values[values.length === 1 ? 0 : c]!;
}

/** Undefined where a variance of 0 and no epsilon make a factor infinite, for which the sum below is no longer the same. */
function normalise(
  runtime: KernelRuntime,
  { x, mean, variance, offset, scale }: Inputs,
  channels: number,
  varianceEpsilon: number,
): TensorInfo | undefined {
  const scaleAt = runtime.scratch('scale', channels * 4);
  const shiftAt = runtime.scratch('shift', channels * 4);
  const [factors, shifts] = [runtime.floats(scaleAt, channels), runtime.floats(shiftAt, channels)];
  const [meanOf, varianceOf] = [channelOf(runtime, mean, 0), channelOf(runtime, variance, 1)];
  const [offsetOf, scaleOf] = [channelOf(runtime, offset, 0), channelOf(runtime, scale, 1)];
  for (let c = 0; c < channels; c++) {
    const factor = scaleOf(c) / Math.sqrt(varianceOf(c) + varianceEpsilon);
    if (Math.abs(factor) === Number.POSITIVE_INFINITY) return undefined;
    factors[c] = factor;
    shifts[c] = offsetOf(c) - meanOf(c) * factor;
  }
  const output = runtime.output(x.shape);
  const rows = util.sizeFromShape(x.shape) / channels;
  runtime.kernels.scaleShift(runtime.address(x), runtime.address(output), scaleAt, shiftAt, rows, channels);
  return output;
}
