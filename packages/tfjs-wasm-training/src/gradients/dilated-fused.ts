import {
  backend_util,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  DepthwiseConv2dNativeBackpropFilter,
  DepthwiseConv2dNativeBackpropInput,
  engine,
  FusedConv2D,
  FusedDepthwiseConv2D,
  type NamedAttrMap,
  reshape,
  sum,
  type Tensor,
} from '@tensorflow/tfjs-core';
import type { ConvAttributes } from '../conv-geometry.js';
import { canReplaceGradient } from './can-replace-gradient.js';

/*
 * tf.fused.conv2d and tf.fused.depthwiseConv2d, which the layers of tfjs-layers call, bring a gradient of their own, which no
 * registration replaces, and which refuses dilation before any kernel is asked. Only the linear ones come here: with another
 * activation tfjs composes them of operations when it records, and Conv2D's registered gradient (conv2d.ts) is asked.
 * So the engine's customGrad, which such operations call, is wrapped: where the gradient refuses, ours is computed. It runs
 * only then; every other operation keeps its gradient, and its errors.
 *
 * Tried: giving the layers another operation (the layers of tfjs-layers cannot be reached from tfjs-core alone); replacing
 * tf.fused.conv2d (a module's exports are frozen).
 */

type GradFunc = (dy: Tensor, saved: Tensor[]) => Tensor | Tensor[];
type CustomForward = (...inputs: unknown[]) => { value: Tensor; gradFunc: GradFunc };

/** The part of tfjs-core's engine (4.22) that operations with a gradient of their own call. */
interface CustomGradEngine {
  customGrad(forward: CustomForward): (...inputs: Tensor[]) => Tensor;
  runKernel(kernelName: string, inputs: Record<string, Tensor>, attributes?: NamedAttrMap): Tensor | Tensor[];
}

const KERNELS: Readonly<Record<string, readonly [input: string, filter: string]>> = {
  [FusedConv2D]: [Conv2DBackpropInput, Conv2DBackpropFilter],
  [FusedDepthwiseConv2D]: [DepthwiseConv2dNativeBackpropInput, DepthwiseConv2dNativeBackpropFilter],
};

interface FusedCall {
  kernelName: string;
  attributes: ConvAttributes;
}

/** Gives fused convolutions with dilation a gradient on the WASM backend. Returns what undoes it. */
export function addDilatedFusedGradients(): () => void {
  const target = engine() as unknown as CustomGradEngine;
  const { customGrad, runKernel } = target;
  // The fused convolution of the operation that runs, because a gradient is not told its attributes.
  let running: { call?: FusedCall } | undefined;
  target.runKernel = (kernelName, inputs, attributes) => {
    if (running && kernelName in KERNELS) {
      running.call = { kernelName, attributes: attributes as unknown as ConvAttributes };
    }
    return runKernel.call(target, kernelName, inputs, attributes);
  };
  target.customGrad = (forward) =>
    customGrad.call(target, (...inputs) => {
      const outer = running;
      const own: { call?: FusedCall } = {};
      running = own;
      try {
        const result = forward(...inputs);
        return own.call ? { ...result, gradFunc: withDilation(own.call, result.gradFunc) } : result;
      } finally {
        running = outer;
      }
    });
  return () => {
    // The originals are on the prototype.
    const own = target as Partial<CustomGradEngine>;
    delete own.customGrad;
    delete own.runKernel;
  };
}

function withDilation(call: FusedCall, gradFunc: GradFunc): GradFunc {
  return (dy, saved) => {
    try {
      return gradFunc(dy, saved);
    } catch (error) {
      // tfjs' gradients refuse a dilated call before they do anything else, so what they throw of one is the refusal.
      if (!canReplaceGradient() || !isDilated(call.attributes)) throw error;
      return linearGradient(call, dy, saved);
    }
  };
}

function isDilated({ dilations }: ConvAttributes): boolean {
  return [dilations].flat().some((rate) => rate !== 1);
}

/** Of x, the filter and, where there is one, the bias, in the order in which tfjs expects them. */
function linearGradient({ kernelName, attributes }: FusedCall, dy: Tensor, saved: Tensor[]): Tensor[] {
  const [filter, x, , bias] = saved as [Tensor, Tensor, Tensor, Tensor | undefined];
  const [inputKernel, filterKernel] = KERNELS[kernelName]!;
  const { strides, pad, dilations, dimRoundingMode } = attributes;
  const run = (kernel: string, inputs: Record<string, Tensor>, shapes: object) =>
    engine().runKernel(kernel, inputs, {
      ...{ strides, pad, dilations, dimRoundingMode, dataFormat: 'NHWC' },
      ...shapes,
    } as unknown as NamedAttrMap) as Tensor;
  // An image without a batch comes with the batch that the operation gave it.
  const gradient = reshape(dy, saved[2]!.shape);
  const gradients = [
    run(inputKernel, { dy: gradient, filter }, { inputShape: x.shape }),
    run(filterKernel, { x, dy: gradient }, { filterShape: filter.shape }),
  ];
  if (bias) gradients.push(biasGradient(bias, gradient));
  return gradients;
}

/** The sum over all axes that the bias was broadcast along. */
function biasGradient(bias: Tensor, gradient: Tensor): Tensor {
  const axes = backend_util.getReductionAxes(bias.shape, gradient.shape);
  return reshape(axes.length > 0 ? sum(gradient, axes) : gradient, bias.shape);
}
