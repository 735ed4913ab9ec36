import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelRuntime } from './kernel-runtime.js';

/**
 * The values of a tensor of numbers or truth values, in place. Valid until the next allocation, which may move the memory's buffer.
 *
 * @throws for strings and complex numbers, which have no such values
 */
export function typedValues(runtime: KernelRuntime, tensor: TensorInfo): Float32Array | Int32Array | Uint8Array {
  const [address, size] = [runtime.address(tensor), util.sizeFromShape(tensor.shape)];
  const { buffer } = runtime.memory;
  if (tensor.dtype === 'float32') return new Float32Array(buffer, address, size);
  if (tensor.dtype === 'int32') return new Int32Array(buffer, address, size);
  if (tensor.dtype === 'bool') return new Uint8Array(buffer, address, size);
  throw new Error(`Tensors of dtype ${tensor.dtype} have no numbers here; expected float32, int32 or bool.`);
}
