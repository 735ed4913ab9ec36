import { type backend_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { type ConvAttributes, convInfo, paddedChannels, taps, writeGeometry } from '../conv-geometry.js';
import { withDtype } from '../convert-dtype.js';
import type { KernelReplacement } from '../kernel-replacement.js';
import type { KernelRuntime } from '../kernel-runtime.js';
import { type ChannelNumbers, INFERENCE_FLAGS, runDirectConv2d } from '../run-conv2d.js';
import { runWinograd, takesWinograd } from '../run-winograd.js';

/** A kernel that only this package knows; it has no gradient. */
export const ConvNormActivation = 'WasmTrainingConvNormActivation';

/** Name of an activation that {@link convNormActivationKernel} knows; the hard ones are torch's. */
export type InferenceActivation = keyof typeof INFERENCE_FLAGS;

/** Four statistics and weights of a norm, all or none, each [outChannels]. */
interface Inputs extends Record<string, TensorInfo | undefined> {
  x: TensorInfo;
  /** [height, width, inChannels, outChannels]; of a depthwise convolution [height, width, channels, 1] */
  filter: TensorInfo;
  bias?: TensorInfo;
  mean?: TensorInfo;
  variance?: TensorInfo;
  offset?: TensorInfo;
  scale?: TensorInfo;
}

/** Attributes of {@link convNormActivationKernel}. */
export interface ConvNormActivationAttributes extends ConvAttributes {
  depthwise: boolean;
  /** The norm's. */
  epsilon: number;
  activation: InferenceActivation;
}

/**
 * activation(norm(x ∗ filter + bias)) with the norm's running statistics, in one pass over the output: the norm's factor goes into the
 * weights while they are put in order for the product, which happens at each call anyway, so nothing is kept that could grow stale; its
 * offset is what the sums start from. relu and relu6 are applied in registers, the others to each block of rows while it is in the cache.
 */
export const convNormActivationKernel: KernelReplacement = {
  kernelName: ConvNormActivation,
  create: (runtime) => (args) => {
    const attributes = args.attrs as unknown as ConvNormActivationAttributes;
    return withDtype(runtime, args.inputs as unknown as Inputs, 'float32', (inputs) => {
      const { x, filter } = inputs;
      const info = convInfo(x.shape, filter.shape, attributes, attributes.depthwise);
      const flags = INFERENCE_FLAGS[attributes.activation];
      if (attributes.depthwise) return runDepthwise(runtime, info, inputs, attributes.epsilon, flags);
      if (takesWinograd(runtime, info, filter))
        return runInThreePasses(runtime, info, inputs, attributes.epsilon, flags);
      const output = runtime.output(info.outShape);
      const numbers = foldNorm(runtime, inputs, info.outChannels, attributes.epsilon);
      return runDirectConv2d(runtime, info, x, filter, numbers, flags, { tensor: output });
    });
  },
};

function runDepthwise(
  runtime: KernelRuntime,
  info: backend_util.Conv2DInfo,
  inputs: Inputs,
  epsilon: number,
  flags: number,
): TensorInfo {
  const { kernels } = runtime;
  const output = runtime.output(info.outShape);
  const { scale, shift = 0 } = foldNorm(runtime, inputs, info.outChannels, epsilon);
  let filter = runtime.address(inputs.filter);
  if (scale) {
    const scaled = runtime.scratch('scaledFilter', util.sizeFromShape(inputs.filter.shape) * 4);
    kernels.scaleShift(filter, scaled, scale, runtime.zeroRow(info.outChannels), taps(info), info.outChannels);
    filter = scaled;
  }
  const geometry = writeGeometry(runtime, info);
  kernels.depthwiseConv2d(geometry, runtime.address(inputs.x), filter, shift, runtime.address(output), flags);
  return output;
}

/** Winograd's method transforms the weights as they are, so norm and activation come behind it. */
function runInThreePasses(
  runtime: KernelRuntime,
  info: backend_util.Conv2DInfo,
  { x, filter, bias, ...norm }: Inputs,
  epsilon: number,
  flags: number,
): TensorInfo {
  const { kernels } = runtime;
  const channels = info.outChannels;
  const early = norm.mean ? 0 : flags & (INFERENCE_FLAGS.relu | INFERENCE_FLAGS.relu6);
  const output = runWinograd(runtime, info, { tensor: x }, filter, { bias, flags: early });
  const rows = util.sizeFromShape(output.shape) / channels;
  const { scale, shift } = norm.mean ? foldNorm(runtime, { x, filter, ...norm }, channels, epsilon) : {};
  const at = runtime.address(output);
  if (scale && shift) kernels.scaleShift(at, at, scale, shift, rows, channels);
  if (flags !== early) kernels.activateRows(at, channels * 4, rows, channels, flags);
  return output;
}

/** Norm and bias as one factor and one summand a channel, in scratch memory. */
function foldNorm(runtime: KernelRuntime, inputs: Inputs, channels: number, epsilon: number): ChannelNumbers {
  const { bias, mean, variance, offset, scale } = inputs;
  if (!bias && !mean) return {};
  const padded = paddedChannels(channels);
  const [scaleAt, shiftAt] = [runtime.scratch('scale', padded * 4), runtime.scratch('shift', padded * 4)];
  const [factors, shifts] = [runtime.floats(scaleAt, padded), runtime.floats(shiftAt, padded)];
  shifts.fill(0);
  if (bias) shifts.set(runtime.values(bias));
  if (!mean || !variance || !offset || !scale) return { shift: shiftAt };
  const [means, variances] = [runtime.values(mean), runtime.values(variance)];
  const [offsets, scales] = [runtime.values(offset), runtime.values(scale)];
  factors.fill(0);
  for (let c = 0; c < channels; c++) {
    const factor = scales[c]! / Math.sqrt(variances[c]! + epsilon);
    factors[c] = factor;
    shifts[c] = offsets[c]! + (shifts[c]! - means[c]!) * factor;
  }
  return { scale: scaleAt, shift: shiftAt };
}
