import {
  Conv3D,
  Conv3DBackpropFilterV2,
  Conv3DBackpropInputV2,
  engine,
  type GradConfig,
  getBackend,
  type NamedAttrMap,
  type Tensor,
} from '@tensorflow/tfjs-core';

/**
 * The gradient of a transposed 3-D convolution, which is Conv3D's input gradient run forwards: Conv3D, and Conv3D's filter
 * gradient with its two tensors swapped. tfjs has none; other backends keep its refusal.
 */
export const conv3dTransposeGradient: GradConfig = {
  kernelName: Conv3DBackpropInputV2,
  inputsToSave: ['dy', 'filter'],
  gradFunc: (outputGradient, saved, attributes) => {
    if (getBackend() !== 'wasm') {
      throw new Error(`Cannot compute gradient: gradient function not found for ${Conv3DBackpropInputV2}.`);
    }
    const [input, filter] = saved as [Tensor, Tensor];
    const { strides, pad } = attributes as NamedAttrMap;
    const x = outputGradient as Tensor;
    const attrs = { strides, pad, dataFormat: 'NDHWC', dilations: [1, 1, 1] };
    const filterShape = filter.shape;
    return {
      dy: () => engine().runKernel(Conv3D, { x, filter }, attrs) as Tensor,
      filter: () => engine().runKernel(Conv3DBackpropFilterV2, { x, dy: input }, { ...attrs, filterShape }) as Tensor,
    };
  },
};
