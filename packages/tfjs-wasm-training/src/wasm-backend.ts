import type { DataType, KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';

/** What the WASM backend knows about one buffer. */
export interface WasmTensorData {
  /** Name of the buffer inside tfjs' WebAssembly module. */
  id: number;
  /** Byte address. */
  memoryOffset: number;
  refCount: number;
}

/** Emscripten's module object, as far as it is used here. */
export interface WasmModule {
  _malloc(bytes: number): number;
  _free(address: number): void;
  HEAPU8: Uint8Array;
  HEAP32: Int32Array;
  tfjs: {
    registerTensor(id: number, size: number, memoryOffset: number): void;
    disposeData(id: number): void;
  };
}

/** The part of tfjs-backend-wasm's `BackendWasm` (4.22) this package builds on. */
export interface WasmBackend extends KernelBackend {
  wasm: WasmModule;
  dataIdMap: {
    get(dataId: object): WasmTensorData;
    has(dataId: object): boolean;
    set(dataId: object, data: WasmTensorData): void;
  };
  makeOutput(shape: number[], dtype: DataType): TensorInfo;
  incRef(dataId: object): void;
  refCount(dataId: object): number;
}
