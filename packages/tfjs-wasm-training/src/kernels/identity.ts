import { Identity, type TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelReplacement } from '../kernel-replacement.js';
import { requireStock } from '../require-stock.js';
import { requireNumbers } from '../typed-values.js';

/** Identity without a copy: both tensors share one buffer. The stock kernel copies, some 600 times a training step. */
export const identityKernel: KernelReplacement = {
  kernelName: Identity,
  create: (runtime, stock) => (args) => {
    const { x } = args.inputs as { x: TensorInfo };
    if (x.dtype === 'string') return requireStock(Identity, stock, 'strings')(args);
    requireNumbers(x);
    return runtime.share(x);
  },
};
