import type { backend_util } from '@tensorflow/tfjs-core';
import type { KernelRuntime } from './kernel-runtime.js';

/** Writes the sizes where the 3-D kernels read them (assembly/volume.ts) and returns the address. */
export function writeVolume(runtime: KernelRuntime, info: backend_util.Conv3DInfo): number {
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
