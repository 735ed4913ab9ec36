import { Cast, type DataType, type TensorInfo } from '@tensorflow/tfjs-core';
import { convertDtype } from '../convert-dtype.js';
import type { KernelReplacement } from '../kernel-replacement.js';
import { requireStock } from '../require-stock.js';
import { requireNumbers } from '../typed-values.js';

/**
 * Cast to the type a tensor already has shares its buffer (tf.moments does it every time). To truth values it gives 0 and 1; the
 * stock kernel keeps the lowest byte of the number, so that 256 is false. Other casts are stock.
 */
export const castKernel: KernelReplacement = {
  kernelName: Cast,
  create: (runtime, stock) => (args) => {
    const { x } = args.inputs as { x: TensorInfo };
    const { dtype } = args.attrs as unknown as { dtype: DataType };
    if (x.dtype !== 'string') requireNumbers(x);
    if (x.dtype === dtype) return runtime.share(x);
    if (dtype === 'bool' && (x.dtype === 'float32' || x.dtype === 'int32')) return convertDtype(runtime, x, dtype);
    return requireStock(Cast, stock, `a cast from ${x.dtype}`)(args);
  },
};
