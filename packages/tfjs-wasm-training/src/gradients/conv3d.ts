import {
  Conv3D,
  Conv3DBackpropFilterV2,
  Conv3DBackpropInputV2,
  engine,
  type NamedAttrMap,
  type Tensor,
} from '@tensorflow/tfjs-core';
import type { GradientReplacement } from '../kernel-replacement.js';
import { canReplaceGradient } from './can-replace-gradient.js';

/** Conv3D's gradient with dilation too, which tfjs refuses on every backend. */
export const conv3dGradient: GradientReplacement = {
  kernelName: Conv3D,
  create: (stock) => ({
    ...stock,
    gradFunc: (dy, saved, attributes) => {
      if (!canReplaceGradient()) return stock.gradFunc(dy, saved, attributes);
      const attrs = attributes as NamedAttrMap;
      const [x, filter] = saved as [Tensor, Tensor];
      const gradient = dy as Tensor;
      const [inputShape, filterShape] = [x.shape, filter.shape];
      return {
        x: () =>
          engine().runKernel(Conv3DBackpropInputV2, { dy: gradient, filter }, { ...attrs, inputShape }) as Tensor,
        filter: () =>
          engine().runKernel(Conv3DBackpropFilterV2, { x, dy: gradient }, { ...attrs, filterShape }) as Tensor,
      };
    },
  }),
};
