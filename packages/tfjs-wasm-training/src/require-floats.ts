import type { TensorInfo } from '@tensorflow/tfjs-core';

/** @throws if a tensor holds no floats: neither the stock kernel nor ours takes others */
export function requireFloats(operation: string, { dtype }: TensorInfo): void {
  if (dtype === 'float32') return;
  throw new Error(
    `${operation}: the values are no floats; expected float32 on the WASM backend, got ${dtype} (x.cast('float32') makes them)`,
  );
}
