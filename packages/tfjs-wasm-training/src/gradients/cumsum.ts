import { Cumsum, cumsum, type Tensor } from '@tensorflow/tfjs-core';
import type { GradientReplacement } from '../kernel-replacement.js';
import { canReplaceGradient } from './can-replace-gradient.js';

/** Cumsum's gradient. tfjs transposes it for every axis but the last: it throws, or is wrong in silence where the sizes are equal. */
export const cumsumGradient: GradientReplacement = {
  kernelName: Cumsum,
  create: (stock) => ({
    ...stock,
    gradFunc: (dy, saved, attributes) => {
      if (!canReplaceGradient()) return stock.gradFunc(dy, saved, attributes);
      const { axis, exclusive, reverse } = attributes as unknown as {
        axis: number;
        exclusive: boolean;
        reverse: boolean;
      };
      return { x: () => cumsum(dy as Tensor, axis, exclusive, !reverse) };
    },
  }),
};
