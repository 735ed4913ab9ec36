import { backend_util, Prelu, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { withDtype } from '../convert-dtype.js';
import type { KernelReplacement } from '../kernel-replacement.js';
import type { KernelRuntime } from '../kernel-runtime.js';
import { requireStock } from '../require-stock.js';

/**
 * Prelu with slopes that are broadcast along other than the leading axes. The stock kernel takes slope `i mod number of slopes`
 * for value i, which is another one then, and integers for floats.
 */
export const preluKernel: KernelReplacement = {
  kernelName: Prelu,
  create: (runtime, stock) => (args) => {
    const { x, alpha: given } = args.inputs as { x: TensorInfo; alpha: TensorInfo };
    return withDtype(runtime, { alpha: given }, 'float32', ({ alpha }) => {
      const slopes = trailing(alpha.shape);
      const repeats =
        alpha.shape.length <= x.shape.length && util.arraysEqual(x.shape.slice(x.shape.length - slopes.length), slopes);
      if (!repeats && x.dtype === 'float32') return broadcast(runtime, x, alpha);
      return requireStock(Prelu, stock, `values of type ${x.dtype}`)({ ...args, inputs: { x, alpha } as never });
    });
  },
};

function broadcast(runtime: KernelRuntime, x: TensorInfo, alpha: TensorInfo): TensorInfo {
  const result = runtime.output(backend_util.assertAndGetBroadcastShape(x.shape, alpha.shape));
  const [values, slopes, output] = [runtime.values(x), runtime.values(alpha), runtime.values(result)];
  const [valueStrides, slopeStrides] = [x.shape, alpha.shape].map((shape) => broadcastStrides(shape, result.shape));
  const index = new Array<number>(result.shape.length).fill(0);
  let [valueAt, slopeAt] = [0, 0];
  for (let i = 0; i < output.length; i++) {
    const value = values[valueAt]!;
    output[i] = value < 0 ? value * slopes[slopeAt]! : value;
    for (let axis = index.length - 1; axis >= 0; axis--) {
      valueAt += valueStrides![axis]!;
      slopeAt += slopeStrides![axis]!;
      if (++index[axis]! < result.shape[axis]!) break;
      valueAt -= valueStrides![axis]! * result.shape[axis]!;
      slopeAt -= slopeStrides![axis]! * result.shape[axis]!;
      index[axis] = 0;
    }
  }
  return result;
}

/** A shape without the ones in front. */
function trailing(shape: number[]): number[] {
  const first = shape.findIndex((size) => size !== 1);
  return first < 0 ? [] : shape.slice(first);
}

/** How far to go for a step along each axis of the result: 0 where the tensor is broadcast. */
function broadcastStrides(shape: number[], result: number[]): number[] {
  const padded = [...new Array<number>(result.length - shape.length).fill(1), ...shape];
  return padded.map((size, axis) => (size === 1 ? 0 : util.sizeFromShape(padded.slice(axis + 1))));
}
