import { Cast, type TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelReplacement } from '../kernel-replacement.js';
import { requireStock } from '../require-stock.js';

/** Cast to the type a tensor already has shares its buffer (tf.moments does it every time); other casts are stock. */
export const castKernel: KernelReplacement = {
  kernelName: Cast,
  create: (runtime, stock) => (args) => {
    const { x } = args.inputs as { x: TensorInfo };
    if (x.dtype === args.attrs!.dtype && x.dtype !== 'string') return runtime.share(x);
    return requireStock(Cast, stock, `a cast from ${x.dtype}`)(args);
  },
};
