import {
  Conv2D,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  DepthwiseConv2dNative,
  DepthwiseConv2dNativeBackpropFilter,
  DepthwiseConv2dNativeBackpropInput,
  engine,
  type NamedAttrMap,
  type Tensor,
} from '@tensorflow/tfjs-core';
import type { GradientReplacement } from '../kernel-replacement.js';
import { canReplaceGradient } from './can-replace-gradient.js';

/** Conv2D's gradient with dilation too, which tfjs refuses on every backend. */
export const conv2dGradient = convolutionGradient(Conv2D, Conv2DBackpropInput, Conv2DBackpropFilter);

/** DepthwiseConv2dNative's gradient with dilation too. */
export const depthwiseConv2dGradient = convolutionGradient(
  DepthwiseConv2dNative,
  DepthwiseConv2dNativeBackpropInput,
  DepthwiseConv2dNativeBackpropFilter,
);

function convolutionGradient(kernelName: string, inputKernel: string, filterKernel: string): GradientReplacement {
  return {
    kernelName,
    create: (stock) => ({
      ...stock,
      gradFunc: (dy, saved, attributes) => {
        const attrs = attributes as NamedAttrMap;
        if (!canReplaceGradient() || attrs.dataFormat === 'NCHW') return stock.gradFunc(dy, saved, attributes);
        const [x, filter] = saved as [Tensor, Tensor];
        const gradient = dy as Tensor;
        const [inputShape, filterShape] = [x.shape, filter.shape];
        return {
          x: () => engine().runKernel(inputKernel, { dy: gradient, filter }, { ...attrs, inputShape }) as Tensor,
          filter: () => engine().runKernel(filterKernel, { x, dy: gradient }, { ...attrs, filterShape }) as Tensor,
        };
      },
    }),
  };
}
