import { add, clone, engine, type GradConfig, grads as gradientsOf, slice, type Tensor } from '@tensorflow/tfjs-core';
import { composedConcatConv2d } from '../composed-concat-conv2d.js';
import { currentRuntime } from '../current-runtime.js';
import type { KernelRuntime } from '../kernel-runtime.js';
import { branchInfos, ConcatConv2D, type ConcatConv2DAttributes, ConcatConv2DRelu } from '../kernels/concat-conv2d.js';
import { addsInputGradient, runConv2dFilterGradient, runConv2dInputGradient } from '../run-conv2d.js';
import { canReplaceGradient } from './can-replace-gradient.js';

/** Gradients of the package's own kernels. Each is computed only if it is asked for: none for the image, none for frozen filters. */
export const concatConv2dGradient = concatConvolution(ConcatConv2D, false);
export const concatConv2dReluGradient = concatConvolution(ConcatConv2DRelu, true);

function concatConvolution(kernelName: string, relu: boolean): GradConfig {
  return {
    kernelName,
    saveAllInputs: true,
    outputsToSave: [relu],
    gradFunc: (dy, saved, attributes) => {
      const { convolutions } = attributes as unknown as ConcatConv2DAttributes;
      const inputs = relu ? saved.slice(0, -1) : saved;
      const runtime = currentRuntime();
      if (!runtime || !canReplaceGradient()) {
        const again = (...values: Tensor[]) => composedConcatConv2d(values, convolutions, relu ? 'relu' : 'linear');
        return gradientsOf(again)(inputs, dy as Tensor).map((gradient) => () => gradient) as never;
      }
      const [x, ...weights] = inputs as [Tensor, ...Tensor[]];
      const infos = branchInfos(x.shape, weights, convolutions);
      const { gradient, sums } = throughRelu(runtime, dy as Tensor, relu ? saved.at(-1)! : undefined);
      let channel = 0;
      const parts = infos.map((info, i) => {
        const part = { info, filter: weights[i]!, firstChannel: channel };
        channel += info.outChannels;
        return part;
      });
      const hasBias = weights.length > infos.length;
      const result = [
        () => inputGradient(runtime, gradient, parts),
        ...parts.map(({ info, firstChannel }) => () => {
          const from = { tensor: gradient, firstChannel };
          return tensorOf(runConv2dFilterGradient(runtime, info, x, from));
        }),
        ...(hasBias ? parts : []).map(({ info, firstChannel }) => () => {
          const all = sums ?? columnSums(runtime, gradient);
          return all.size === info.outChannels ? clone(all) : slice(all, [firstChannel], [info.outChannels]);
        }),
      ];
      return result as never; // an array, as the inputs are; the types know only names
    },
  };
}

/** What is left of dy behind the activation, and for relu its sums a channel too. */
function throughRelu(runtime: KernelRuntime, dy: Tensor, y: Tensor | undefined): { gradient: Tensor; sums?: Tensor } {
  if (!y) return { gradient: dy };
  const channels = y.shape[3]!;
  const [gradient, sums] = [tensorOf(runtime.output(y.shape)), tensorOf(runtime.output([channels]))];
  const [from, passed, to, total] = [y, dy, gradient, sums].map((tensor) => runtime.address(tensor)) as [
    number,
    number,
    number,
    number,
  ];
  runtime.kernels.reluGradientSums(from, passed, to, total, y.size / channels, channels);
  return { gradient, sums };
}

function columnSums(runtime: KernelRuntime, gradient: Tensor): Tensor {
  const channels = gradient.shape[3]!;
  const sums = tensorOf(runtime.output([channels]));
  runtime.kernels.columnSums(
    runtime.address(gradient),
    runtime.address(sums),
    1,
    gradient.size / channels,
    channels,
    1,
  );
  return sums;
}

interface Part {
  info: ReturnType<typeof branchInfos>[number];
  filter: Tensor;
  firstChannel: number;
}

/** The sum over the convolutions: those that can, add their share where the first one has stored its own. */
function inputGradient(runtime: KernelRuntime, gradient: Tensor, parts: readonly Part[]): Tensor {
  const known = parts.map((part) => ({ ...part, adds: addsInputGradient(runtime, part.info, part.filter) }));
  const ordered = known.sort((a, b) => Number(a.adds) - Number(b.adds));
  let sum: Tensor | undefined;
  for (const { info, filter, firstChannel, adds } of ordered) {
    const from = { tensor: gradient, firstChannel };
    if (sum && adds) runConv2dInputGradient(runtime, info, from, filter, sum);
    else {
      const share = tensorOf(runConv2dInputGradient(runtime, info, from, filter));
      sum = sum ? add(sum, share) : share;
    }
  }
  return sum!;
}

function tensorOf(info: ReturnType<KernelRuntime['output']>): Tensor {
  return engine().makeTensorFromTensorInfo(info);
}
