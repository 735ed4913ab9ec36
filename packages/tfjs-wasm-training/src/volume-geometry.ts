import type { backend_util } from '@tensorflow/tfjs-core';
import type { KernelRuntime } from './kernel-runtime.js';

/** What the 3-D kernels need to know of a convolution or a pooling; `Conv3DInfo` has it all. */
export type VolumeInfo = Pick<
  backend_util.Conv3DInfo,
  | 'batchSize'
  | `${'in' | 'out'}${'Depth' | 'Height' | 'Width' | 'Channels'}`
  | `${'filter' | 'stride' | 'dilation'}${'Depth' | 'Height' | 'Width'}`
> & { padInfo: { front: number; top: number; left: number } };

/** An image as a volume of one slice. */
export function flatVolume(info: backend_util.Conv2DInfo): VolumeInfo {
  return {
    ...info,
    inDepth: 1,
    outDepth: 1,
    filterDepth: 1,
    strideDepth: 1,
    dilationDepth: 1,
    padInfo: { front: 0, top: info.padInfo.top, left: info.padInfo.left },
  };
}

/** Writes the sizes where the 3-D kernels read them (assembly/volume.ts) and returns the address. */
export function writeVolume(runtime: KernelRuntime, info: VolumeInfo): number {
  const fields = [
    info.batchSize,
    info.inDepth,
    info.inHeight,
    info.inWidth,
    info.inChannels,
    info.outDepth,
    info.outHeight,
    info.outWidth,
    info.outChannels,
    info.filterDepth,
    info.filterHeight,
    info.filterWidth,
    info.strideDepth,
    info.strideHeight,
    info.strideWidth,
    info.padInfo.front,
    info.padInfo.top,
    info.padInfo.left,
    info.dilationDepth,
    info.dilationHeight,
    info.dilationWidth,
  ];
  const address = runtime.scratch('geometry', fields.length * 4);
  new Int32Array(runtime.memory.buffer, address, fields.length).set(fields);
  return address;
}

/** Bytes of assembly/pool-window.ts before its list. */
const WINDOW_HEAD = 32;

/** Scratch memory for where a pooling's window stands, and four bytes for each of its pixels that may lie within the volume. */
export function windowScratch(runtime: KernelRuntime, info: VolumeInfo): number {
  const pixels =
    Math.min(info.filterDepth, info.inDepth) *
    Math.min(info.filterHeight, info.inHeight) *
    Math.min(info.filterWidth, info.inWidth);
  return runtime.scratch('poolWindow', WINDOW_HEAD + pixels * 4);
}
