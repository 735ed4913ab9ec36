import { describe, expect, it } from 'vitest';
import { captureMemories } from '../src/capture-memories.js';
import { findWasmMemory } from '../src/find-wasm-memory.js';
import { loadKernels } from '../src/load-kernels.js';
import type { WasmModule } from '../src/wasm-backend.js';

/** What tfjs' module object looks like, as far as memory goes. */
function moduleOn(memory: WebAssembly.Memory, asm: object): WasmModule {
  return { HEAPU8: new Uint8Array(memory.buffer), asm } as unknown as WasmModule;
}

describe('findWasmMemory', () => {
  it('finds the memory among the exports', () => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    expect(findWasmMemory(moduleOn(memory, { add() {}, memory }), [])).toBe(memory);
  });

  it('finds a hidden shared memory that was seen at the start; the kernels run on it', async () => {
    const before = WebAssembly.instantiate;
    const memory = new WebAssembly.Memory({ initial: 2, maximum: 65536, shared: true });
    const capture = captureMemories();
    await loadKernels(memory);
    capture.stop();
    expect(WebAssembly.instantiate).toBe(before);
    const found = findWasmMemory(moduleOn(memory, {}), capture.memories);
    expect(found).toBe(memory);
    const { kernels } = await loadKernels(found);
    const floats = new Float32Array(found.buffer);
    floats.set([1, 2, 3, 4, 5, 6], 0);
    kernels.columnSums(0, 64, 1, 3, 2, 1);
    expect(Array.from(floats.slice(16, 18))).toEqual([9, 12]);
  });

  it('says what to do when it is hidden', () => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    expect(() => findWasmMemory(moduleOn(memory, {}), [])).toThrow(/before setBackend/);
  });
});
