import { type DataType, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelExports } from './kernel-exports.js';
import type { WasmBackend } from './wasm-backend.js';

/** Scratch buffers grow and are kept: one a purpose, so that two purposes never share memory within a kernel. */
export type ScratchName =
  | 'geometry'
  | 'packed'
  | 'pointers'
  | 'zeroRow'
  | 'panel'
  | 'patches'
  | 'bias'
  | 'transposed'
  | 'scale'
  | 'shift'
  | 'partial'
  | 'scaledFilter'
  | 'windows'
  | 'poolWindow'
  | 'products'
  | 'temporary'
  | 'dark'
  | 'coefficients';

/** Everything a kernel needs from its backend: addresses of tensors, outputs, scratch memory, the WebAssembly functions. */
export class KernelRuntime {
  private readonly scratchBuffers = new Map<ScratchName, { address: number; bytes: number }>();

  constructor(
    readonly backend: WasmBackend,
    readonly memory: WebAssembly.Memory,
    readonly kernels: KernelExports,
  ) {}

  /** Byte address of a tensor's values. */
  address(tensor: TensorInfo): number {
    return this.backend.dataIdMap.get(tensor.dataId).memoryOffset;
  }

  /** A new tensor with undefined contents. */
  output(shape: number[], dtype: DataType = 'float32'): TensorInfo {
    return this.backend.makeOutput(shape, dtype);
  }

  /** A tensor that shares the buffer of `x`, which is freed with the last of them. */
  share(x: TensorInfo, shape: number[] = x.shape): TensorInfo {
    this.backend.incRef(x.dataId);
    return { dataId: x.dataId, shape, dtype: x.dtype };
  }

  /** `length` floats at a byte address. Valid until the next allocation, which may move the memory's buffer. */
  floats(address: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, length);
  }

  /** The values of a float tensor, in place; see {@link floats}. */
  values(tensor: TensorInfo): Float32Array {
    return this.floats(this.address(tensor), util.sizeFromShape(tensor.shape));
  }

  /** At least `bytes` of memory that stays reserved for this purpose; contents are undefined. */
  scratch(name: ScratchName, bytes: number): number {
    const known = this.scratchBuffers.get(name);
    if (known && known.bytes >= bytes) return known.address;
    if (known) this.backend.wasm._free(known.address);
    this.scratchBuffers.delete(name);
    const address = this.backend.wasm._malloc(bytes) >>> 0;
    this.scratchBuffers.set(name, { address, bytes });
    return address;
  }

  /** What `use` makes of `bytes` of memory (contents undefined), which are free again afterwards. */
  borrow<T>(bytes: number, use: (address: number) => T): T {
    const address = this.backend.wasm._malloc(bytes) >>> 0;
    try {
      return use(address);
    } finally {
      this.backend.wasm._free(address);
    }
  }

  /** Zeros that stand for a pixel outside the image: as many floats as the widest pixel, and a tile's overhang. */
  zeroRow(floats: number): number {
    const bytes = (floats + 16) * 4;
    const known = this.scratchBuffers.get('zeroRow');
    if (known && known.bytes >= bytes) return known.address;
    const address = this.scratch('zeroRow', bytes);
    this.floats(address, floats + 16).fill(0);
    return address;
  }

  /** Gives all scratch memory back. */
  dispose(): void {
    for (const { address } of this.scratchBuffers.values()) this.backend.wasm._free(address);
    this.scratchBuffers.clear();
  }
}
