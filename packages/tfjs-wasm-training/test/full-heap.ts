import * as tf from '@tensorflow/tfjs-core';

/** What the tests use of tfjs' WASM backend. */
export interface Backend {
  wasm: {
    HEAPU8: Uint8Array;
    _malloc(bytes: number): number;
    _free(address: number): void;
    asm: { malloc(bytes: number): number; free(address: number): void };
  };
  dataIdMap: { get(dataId: object): { memoryOffset: number } };
  makeOutput(shape: number[], dtype: string): tf.TensorInfo;
  disposeData(dataId: object): boolean;
  numDataIds(): number;
}

export function wasmBackend(): Backend {
  return tf.backend() as unknown as Backend;
}

/**
 * Reserves the heap but for about `room` bytes at its end, in blocks that are never written: that costs address space and hardly any
 * real memory. Returns what frees it.
 */
export function fillHeap(room: number): () => void {
  const backend = wasmBackend();
  const reserved: { dataId: object; bytes: number; address: number }[] = [];
  for (const kilobytes of [262144, 16384, 1024, 64]) {
    try {
      for (;;) {
        const { dataId } = backend.makeOutput([kilobytes, 256], 'float32');
        reserved.push({ dataId, bytes: kilobytes * 1024, address: backend.dataIdMap.get(dataId).memoryOffset });
      }
    } catch (error) {
      if (!/out of memory/.test(String(error))) throw error;
    }
  }
  reserved.sort((a, b) => a.address - b.address);
  for (let left = room; left > 0 && reserved.length > 0; ) {
    // From the end, but no block that is larger than what is to be free.
    const last = reserved.findLastIndex(({ bytes }) => bytes <= Math.max(left, 65536));
    if (last < 0) break;
    const [block] = reserved.splice(last, 1);
    left -= block!.bytes;
    backend.disposeData(block!.dataId);
  }
  return () => {
    for (const { dataId } of reserved.splice(0)) backend.disposeData(dataId);
  };
}
