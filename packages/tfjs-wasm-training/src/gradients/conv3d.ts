import {
  Conv3D,
  Conv3DBackpropFilterV2,
  Conv3DBackpropInputV2,
  conv3d,
  engine,
  type GradConfig,
  type NamedAttrMap,
  type Tensor,
  type Tensor5D,
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

/** The gradient of a transposed convolution, which is the input gradient of a convolution. tfjs has none, on any backend. */
export const conv3dBackpropInputGradient: GradConfig = {
  kernelName: Conv3DBackpropInputV2,
  inputsToSave: ['dy', 'filter'],
  gradFunc: (ddx, saved, attributes) => {
    const [dy, filter] = saved as [Tensor5D, Tensor5D];
    const { strides, pad } = attributes as unknown as { strides: [number, number, number]; pad: 'valid' | 'same' };
    const gradient = ddx as Tensor5D;
    const attrs = { strides, pad, filterShape: filter.shape } as unknown as NamedAttrMap;
    return {
      dy: () => conv3d(gradient, filter, strides, pad),
      filter: () => engine().runKernel(Conv3DBackpropFilterV2, { x: gradient, dy }, attrs) as Tensor,
    };
  },
};
