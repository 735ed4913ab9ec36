import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { paddedChannels, ROW_BLOCK } from '../conv-geometry.js';
import { withDtype } from '../convert-dtype.js';
import type { KernelReplacement } from '../kernel-replacement.js';
import type { KernelRuntime } from '../kernel-runtime.js';
import { paddedBias } from '../padded-bias.js';
import { INFERENCE_FLAGS } from '../run-conv2d.js';
import { sumRows } from './sum-and-mean.js';

/** A kernel that only this package knows; it has no gradient. */
export const SqueezeExcitation = 'WasmTrainingSqueezeExcitation';

interface Inputs extends Record<string, TensorInfo> {
  /** [batch, height, width, channels] */
  x: TensorInfo;
  /** [1, 1, channels, squeezed] */
  squeezeKernel: TensorInfo;
  /** [squeezed] */
  squeezeBias: TensorInfo;
  /** [1, 1, squeezed, channels] */
  exciteKernel: TensorInfo;
  /** [channels] */
  exciteBias: TensorInfo;
}

/** Attributes of {@link squeezeExcitationKernel}. */
export interface SqueezeExcitationAttributes {
  activation: 'swish' | 'relu';
  gate: 'sigmoid' | 'hardSigmoid';
}

/** x · gate(W₂ · activation(W₁ · mean(x) + b₁) + b₂), the mean over the pixels, in two passes over x. */
export const squeezeExcitationKernel: KernelReplacement = {
  kernelName: SqueezeExcitation,
  create: (runtime) => (args) => {
    const { activation, gate } = args.attrs as unknown as SqueezeExcitationAttributes;
    return withDtype(runtime, args.inputs as unknown as Inputs, 'float32', (inputs) => {
      const { x, squeezeKernel, squeezeBias, exciteKernel, exciteBias } = inputs;
      const [batch, height, width, channels] = x.shape as [number, number, number, number];
      const squeezed = util.sizeFromShape(squeezeBias.shape);
      const output = runtime.output(x.shape);
      const pixels = height * width;
      if (util.sizeFromShape(x.shape) === 0) return output;
      runtime.borrow(batch * (2 * channels + squeezed) * 4, (means) => {
        const hidden = means + batch * channels * 4;
        const factors = hidden + batch * squeezed * 4;
        sumRows(runtime, runtime.address(x), means, { batch, rows: pixels, columns: channels }, 1 / pixels);
        const { [activation]: inner, [gate]: outer } = INFERENCE_FLAGS;
        dense(runtime, means, squeezeKernel, squeezeBias, hidden, [batch, channels, squeezed], inner);
        dense(runtime, hidden, exciteKernel, exciteBias, factors, [batch, squeezed, channels], outer);
        const [from, to] = [runtime.address(x), runtime.address(output)];
        runtime.kernels.scaleRows(from, factors, 0, to, batch, pixels, channels);
      });
      return output;
    });
  },
};

/** A dense layer of few rows, from address to address. */
function dense(
  runtime: KernelRuntime,
  from: number,
  kernel: TensorInfo,
  bias: TensorInfo,
  to: number,
  [rows, depth, columns]: [number, number, number],
  flags: number,
): void {
  const { kernels } = runtime;
  const packed = runtime.scratch('packed', depth * paddedChannels(columns) * 4);
  const pointers = runtime.scratch('pointers', ROW_BLOCK * 4);
  const zeroRow = runtime.zeroRow(depth);
  const start = paddedBias(runtime, bias, columns);
  kernels.packColumns(runtime.address(kernel), packed, 1, depth, columns);
  kernels.matMul(from, packed, start, to, rows, depth, columns, pointers, zeroRow, 0);
  kernels.activateRows(to, columns * 4, rows, columns, flags);
}
