import { Conv2DBackpropInput, type TensorInfo } from '@tensorflow/tfjs-core';
import { type ConvAttributes, gradientConvInfo } from '../conv-geometry.js';
import { withDtype } from '../convert-dtype.js';
import type { KernelReplacement } from '../kernel-replacement.js';
import { requireStock } from '../require-stock.js';
import { runConv2dInputGradient } from '../run-conv2d.js';
import { withOutputPixels } from '../with-output-pixels.js';

/** Conv2DBackpropInput; the stock kernel is a plain loop at 2 GFLOP/s. `attrs.dilations` is our addition, see conv2dGradient. */
export const conv2dBackpropInputKernel: KernelReplacement = {
  kernelName: Conv2DBackpropInput,
  create: (runtime, stock) => (args) => {
    const { dy, filter } = args.inputs as { dy: TensorInfo; filter: TensorInfo };
    const attributes = args.attrs as unknown as ConvAttributes & { inputShape: number[] };
    if (attributes.dataFormat === 'NCHW') return requireStock(Conv2DBackpropInput, stock, 'data format NCHW')(args);
    const info = gradientConvInfo(attributes.inputShape, filter.shape, attributes, dy.shape);
    return withDtype(runtime, { dy, filter }, 'float32', (floats) =>
      withOutputPixels(runtime, info, floats.dy, (tensor) =>
        runConv2dInputGradient(runtime, info, { tensor }, floats.filter),
      ),
    );
  },
};
