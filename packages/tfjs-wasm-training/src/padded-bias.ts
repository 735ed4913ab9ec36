import type { TensorInfo } from '@tensorflow/tfjs-core';
import { paddedChannels } from './conv-geometry.js';
import type { KernelRuntime } from './kernel-runtime.js';

/** The bias with zeros up to the next panel of 8, as the tile loads it. */
export function paddedBias(runtime: KernelRuntime, bias: TensorInfo, channels: number): number {
  const padded = paddedChannels(channels);
  const address = runtime.scratch('bias', padded * 4);
  const target = runtime.floats(address, padded);
  target.set(runtime.values(bias));
  target.fill(0, channels);
  return address;
}
