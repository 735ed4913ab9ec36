import {
  Conv2D,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  engine,
  getBackend,
  type NamedAttrMap,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { GradientReplacement } from '../kernel-replacement.js';

/** Conv2D's gradient with dilation, which tfjs refuses on every backend; the rest as stock. */
export const conv2dGradient: GradientReplacement = {
  kernelName: Conv2D,
  create: (stock) => ({
    ...stock,
    gradFunc: (dy, saved, attributes) => {
      const [x, filter] = saved as [Tensor, Tensor];
      const attrs = attributes as NamedAttrMap;
      if (getBackend() !== 'wasm' || attrs.dataFormat === 'NCHW') return stock.gradFunc(dy, saved, attributes);
      const run = (kernel: string, inputs: Record<string, TensorInfo>, extra: NamedAttrMap) =>
        engine().runKernel(kernel, inputs as Record<string, Tensor>, { ...attrs, ...extra }) as Tensor;
      return {
        x: () => run(Conv2DBackpropInput, { dy: dy as Tensor, filter }, { inputShape: x.shape }),
        filter: () => run(Conv2DBackpropFilter, { x, dy: dy as Tensor }, { filterShape: filter.shape }),
      };
    },
  }),
};
