import type { WasmModule } from './wasm-backend.js';

/**
 * The `WebAssembly.Memory` in which a tfjs WASM backend keeps its tensors. Emscripten does not offer it by name, but
 * its module object holds the instance's exports (`asm`), or the memory itself in the multi-threaded build.
 *
 * @throws if the memory cannot be found (a backend other than tfjs-backend-wasm 4.22's)
 */
export function findWasmMemory(module: WasmModule): WebAssembly.Memory {
  const places: object[] = [module];
  const exports = (module as { asm?: unknown }).asm;
  if (typeof exports === 'object' && exports !== null) places.push(exports);
  for (const place of places) {
    for (const value of Object.values(place)) {
      // By content: a memory made in another realm fails instanceof.
      if (value?.buffer === module.HEAPU8.buffer && typeof value.grow === 'function') return value;
    }
  }
  throw new Error(
    'enableWasmTraining: the WASM backend does not show its memory; expected @tensorflow/tfjs-backend-wasm 4.22, got a module without a WebAssembly.Memory among its properties.',
  );
}
