import type { WasmModule } from './wasm-backend.js';

/**
 * Makes tfjs' allocator say so when the 4 GB heap is full. Stock tfjs gets the address 0 then, goes on, and overwrites
 * its own memory. Returns a function that undoes it.
 */
export function guardAllocation(module: WasmModule): () => void {
  // Emscripten replaces `_malloc` by the real function on its first call, so that call must come first.
  module._free(module._malloc(16));
  const { _malloc } = module;
  module._malloc = (bytes) => {
    const address = _malloc(bytes);
    if (address === 0 && bytes > 0) {
      const used = Math.round(module.HEAPU8.length / 2 ** 20);
      throw new Error(
        `wasm backend: out of memory; expected room for ${Math.ceil(bytes / 2 ** 20)} MB more, got a heap of ${used} MB, which can grow to 4096 MB at most. Use a smaller batch or smaller images.`,
      );
    }
    return address;
  };
  return () => {
    module._malloc = _malloc;
  };
}
