import { add, getBackend, MirrorPad, pad, reverse, slice, type Tensor } from '@tensorflow/tfjs-core';
import type { GradientReplacement } from '../kernel-replacement.js';

/** MirrorPad's gradient with what falls on the mirrored values, which tfjs leaves out on every backend. */
export const mirrorPadGradient: GradientReplacement = {
  kernelName: MirrorPad,
  create: (stock) => ({
    ...stock,
    gradFunc: (dy, saved, attributes) => {
      // Made of operations that have gradients themselves, so it serves within other gradients too.
      if (getBackend() !== 'wasm') return stock.gradFunc(dy, saved, attributes);
      const [x] = saved as [Tensor];
      const { paddings, mode } = attributes as unknown as {
        paddings: [number, number][];
        mode: 'reflect' | 'symmetric';
      };
      const skipped = mode === 'reflect' ? 1 : 0;
      return {
        x: () =>
          paddings.reduce(
            (gradient, padding, axis) => foldBack(gradient, axis, x.shape[axis]!, padding, skipped),
            dy as Tensor,
          ),
      };
    },
  }),
};

/** Adds the two mirrored ends of one axis to the values that they are copies of. */
function foldBack(
  gradient: Tensor,
  axis: number,
  size: number,
  [before, after]: [number, number],
  skipped: number,
): Tensor {
  const part = (begin: number, length: number) =>
    slice(
      gradient,
      gradient.shape.map((_, i) => (i === axis ? begin : 0)),
      gradient.shape.map((full, i) => (i === axis ? length : full)),
    );
  const spread = (piece: Tensor, first: number) =>
    pad(
      reverse(piece, axis),
      gradient.shape.map((_, i) => (i === axis ? [first, size - first - piece.shape[axis]!] : [0, 0])) as [
        number,
        number,
      ][],
    );
  let sum: Tensor = part(before, size);
  if (before > 0) sum = add(sum, spread(part(0, before), skipped));
  if (after > 0) sum = add(sum, spread(part(before + size, after), size - skipped - after));
  return sum;
}
