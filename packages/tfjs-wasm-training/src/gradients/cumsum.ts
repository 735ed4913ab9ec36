import { Cumsum, cumsum, getBackend, type Tensor } from '@tensorflow/tfjs-core';
import type { GradientReplacement } from '../kernel-replacement.js';

/** Cumsum's gradient. tfjs transposes it for every axis but the last: it throws, or is wrong in silence where the sizes are equal. */
export const cumsumGradient: GradientReplacement = {
  kernelName: Cumsum,
  create: (stock) => ({
    ...stock,
    gradFunc: (dy, saved, attributes) => {
      // An operation that has a gradient itself, so it serves within other gradients too.
      if (getBackend() !== 'wasm') return stock.gradFunc(dy, saved, attributes);
      const { axis, exclusive, reverse } = attributes as unknown as {
        axis: number;
        exclusive: boolean;
        reverse: boolean;
      };
      return { x: () => cumsum(dy as Tensor, axis, exclusive, !reverse) };
    },
  }),
};
