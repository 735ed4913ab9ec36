import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelRuntime } from './kernel-runtime.js';
import { type NumberType, requireNumbers, typedValues } from './typed-values.js';

/** A new tensor: `x` in another type, by tfjs' rules. Whatever is not 0 is true, NaN too; integers lose what stands behind the point. */
export function convertDtype(runtime: KernelRuntime, x: TensorInfo, dtype: NumberType): TensorInfo {
  requireNumbers(x);
  const result = runtime.output(x.shape, dtype);
  const [from, to] = [typedValues(runtime, x), typedValues(runtime, result)];
  if (dtype === 'bool') for (let i = 0; i < from.length; i++) to[i] = Number(from[i] !== 0);
  else to.set(from);
  return result;
}

/** What `use` makes of the inputs, each in the type `dtype`; those that have another are converted, and freed afterwards. */
export function withDtype<Inputs extends Record<string, TensorInfo | undefined> | TensorInfo[], Result>(
  runtime: KernelRuntime,
  inputs: Inputs,
  dtype: NumberType,
  use: (inputs: Inputs) => Result,
): Result {
  const given = Object.entries(inputs) as [string, TensorInfo | undefined][];
  const others = given.filter((entry): entry is [string, TensorInfo] => !!entry[1] && entry[1].dtype !== dtype);
  if (others.length === 0) return use(inputs);
  const converted: Record<string, TensorInfo> = {};
  try {
    for (const [name, tensor] of others) converted[name] = convertDtype(runtime, tensor, dtype);
    return use(Object.assign(Array.isArray(inputs) ? [...inputs] : { ...inputs }, converted) as Inputs);
  } finally {
    for (const { dataId } of Object.values(converted)) runtime.backend.disposeData(dataId);
  }
}
