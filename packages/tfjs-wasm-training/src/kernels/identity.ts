import { Identity, type TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelReplacement } from '../kernel-replacement.js';
import { requireStock } from '../require-stock.js';

/** Identity without a copy: both tensors share one buffer. The stock kernel copies, some 600 times a training step. */
export const identityKernel: KernelReplacement = {
  kernelName: Identity,
  create: (runtime, stock) => (args) => {
    const { x } = args.inputs as { x: TensorInfo };
    if (x.dtype === 'string' || x.dtype === 'complex64') return requireStock(Identity, stock, x.dtype)(args);
    return runtime.share(x);
  },
};
