import type { TensorInfo } from '@tensorflow/tfjs-core';
import { paddedChannels } from './conv-geometry.js';
import type { KernelRuntime } from './kernel-runtime.js';
import { repeatsAlong } from './repeats-along.js';

/** The bias, one number a channel or one for all, with zeros up to the next panel of 8, as the tile loads it. */
export function paddedBias(runtime: KernelRuntime, bias: TensorInfo, channels: number): number {
  const padded = paddedChannels(channels);
  const address = runtime.scratch('bias', padded * 4);
  const target = runtime.floats(address, padded);
  const values = runtime.values(bias);
  if (values.length === 1) target.fill(values[0]!);
  else target.set(values);
  target.fill(0, channels);
  return address;
}

/** @throws if a bias has neither one number a channel nor one for all; `operation` is named */
export function requireChannelBias(operation: string, bias: TensorInfo | undefined, channels: number): void {
  if (!bias || repeatsAlong([channels], bias.shape)) return;
  throw new Error(
    `${operation}: the bias does not fit; expected [${channels}] or one number on the WASM backend, got [${bias.shape}]`,
  );
}
