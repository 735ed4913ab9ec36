import { relaxedSimd, simd } from './generated/kernel-binaries.js';
import type { KernelBinary } from './kernel-binary.js';
import type { KernelExports } from './kernel-exports.js';

/** Flags of a memory import: has a maximum (1), is shared (2). */
const SHARED_WITH_MAXIMUM = 3;

/**
 * Instantiates the kernels on `memory`: the relaxed-SIMD build where the engine accepts it, else plain SIMD.
 *
 * @throws if the engine knows no WebAssembly SIMD
 */
export async function loadKernels(
  memory: WebAssembly.Memory,
): Promise<{ kernels: KernelExports; relaxedSimd: boolean }> {
  const shared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
  const relaxed = decode(relaxedSimd, shared);
  const useRelaxed = WebAssembly.validate(relaxed);
  const binary = useRelaxed ? relaxed : decode(simd, shared);
  if (!WebAssembly.validate(binary)) {
    throw new Error(
      'enableWasmTraining: this JavaScript engine has no WebAssembly SIMD; expected Chrome 91, Firefox 89, Safari 16.4, Node.js 16.4 or newer.',
    );
  }
  const { instance } = await WebAssembly.instantiate(binary, { env: { memory } });
  return { kernels: instance.exports as unknown as KernelExports, relaxedSimd: useRelaxed };
}

/** A module that imports a shared memory (tfjs' multi-threaded build in the browser) differs in one byte. */
function decode({ base64, memoryFlagOffset }: KernelBinary, shared: boolean): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  if (shared) bytes[memoryFlagOffset] = SHARED_WITH_MAXIMUM;
  return bytes;
}
