import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelRuntime } from './kernel-runtime.js';

/** Neighbouring channels of a tensor [batch, height, width, channels]; without `firstChannel` from the first one on. */
export interface ChannelsOf {
  tensor: TensorInfo;
  firstChannel?: number;
}

/** Where the channels begin, and how far their pixels lie apart. */
export function locateChannels(runtime: KernelRuntime, { tensor, firstChannel = 0 }: ChannelsOf) {
  return { address: runtime.address(tensor) + firstChannel * 4, stride: tensor.shape[3]! };
}
