import type { WasmModule } from './wasm-backend.js';

/**
 * The `WebAssembly.Memory` in which a tfjs WASM backend keeps its tensors. The module object of the single-threaded
 * builds holds it among the instance's exports (`asm`); the multi-threaded build hides it, and it must be among those
 * that were seen while the backend started.
 *
 * @param captured memories seen while the backend started
 * @throws if the memory cannot be found
 */
export function findWasmMemory(module: WasmModule, captured: WebAssembly.Memory[]): WebAssembly.Memory {
  const exports = (module as { asm?: object }).asm ?? {};
  for (const value of [...Object.values(module), ...Object.values(exports), ...captured]) {
    // By content: a memory made in another realm fails instanceof.
    if (value?.buffer === module.HEAPU8.buffer && typeof value.grow === 'function') return value;
  }
  throw new Error(
    "enableWasmTraining: the WASM backend does not show its memory. Its multi-threaded build hides it: call enableWasmTraining() before setBackend('wasm'), so that it can watch the backend start. Otherwise, expected @tensorflow/tfjs-backend-wasm 4.22.",
  );
}
