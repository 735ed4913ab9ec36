import { Conv2DBackpropFilter, type TensorInfo } from '@tensorflow/tfjs-core';
import { type ConvAttributes, gradientConvInfo } from '../conv-geometry.js';
import { withDtype } from '../convert-dtype.js';
import type { KernelReplacement } from '../kernel-replacement.js';
import { requireStock } from '../require-stock.js';
import { runConv2dFilterGradient } from '../run-conv2d.js';
import { withOutputPixels } from '../with-output-pixels.js';

/** Conv2DBackpropFilter, which the backend lacks. `attrs.dilations` is our addition, see conv2dGradient. */
export const conv2dBackpropFilterKernel: KernelReplacement = {
  kernelName: Conv2DBackpropFilter,
  create: (runtime, stock) => (args) => {
    const { x, dy } = args.inputs as { x: TensorInfo; dy: TensorInfo };
    const attributes = args.attrs as unknown as ConvAttributes & { filterShape: number[] };
    if (attributes.dataFormat === 'NCHW') return requireStock(Conv2DBackpropFilter, stock, 'data format NCHW')(args);
    const info = gradientConvInfo(x.shape, attributes.filterShape, attributes, dy.shape);
    return withDtype(runtime, { x, dy }, 'float32', (floats) =>
      withOutputPixels(runtime, info, floats.dy, (tensor) =>
        runConv2dFilterGradient(runtime, info, floats.x, { tensor }),
      ),
    );
  },
};
