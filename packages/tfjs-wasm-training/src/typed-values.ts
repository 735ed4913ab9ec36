import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelRuntime } from './kernel-runtime.js';

/** Types with one number a value. */
export type NumberType = 'float32' | 'int32' | 'bool';

/** The values of a tensor of numbers or truth values, in place. Valid until the next allocation, which may move the memory's buffer. */
export function typedValues(runtime: KernelRuntime, tensor: TensorInfo): Float32Array | Int32Array | Uint8Array {
  requireNumbers(tensor);
  const [address, size] = [runtime.address(tensor), util.sizeFromShape(tensor.shape)];
  const { buffer } = runtime.memory;
  if (tensor.dtype === 'float32') return new Float32Array(buffer, address, size);
  if (tensor.dtype === 'int32') return new Int32Array(buffer, address, size);
  return new Uint8Array(buffer, address, size);
}

/** The type of a tensor. @throws for strings and complex numbers */
export function requireNumbers({ dtype }: TensorInfo): NumberType {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dtype;
  throw new Error(`A tensor of numbers is needed on the WASM backend; expected float32, int32 or bool, got ${dtype}.`);
}
