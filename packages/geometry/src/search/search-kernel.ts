import { searchKernelBase64 } from '../generated/search-kernel.js';

/** The search in WebAssembly, four boxes or triangles at a time, and the memory that it works in; see assembly/nearest.ts. */
export interface SearchKernel {
  readonly memory: WebAssembly.Memory;
  /**
   * Looks up the points first, first + stride, … before `end` of those in memory.
   *
   * @param guess number of a triangle near the first point
   * @param step from a point's nearest triangle to the guess for the next
   * @returns the guess for the next point
   */
  nearestAlong(first: number, end: number, stride: number, guess: number, step: number): number;
}

const pageBytes = 65536;
/** Memory beyond this is not kept for the next search. */
const keptBytes = 2 ** 26;

let module: WebAssembly.Module | undefined;
let kept: SearchKernel | undefined;
let unavailable = false;

/**
 * The kernel with so much memory at least; whatever was in it may be overwritten. Compiled at first use: below 4 kB, so that browsers do it at
 * once on a page's main thread too. Undefined where there is no WebAssembly SIMD, a page's content security policy forbids WebAssembly, or
 * there is too little memory.
 *
 * A memory is never grown: that detaches its ArrayBuffer, and once any has been detached, V8 looks at every access to any typed array
 * whether it was. All other distances became 20 % slower.
 */
export function searchKernel(bytes: number): SearchKernel | undefined {
  if (kept && kept.memory.buffer.byteLength >= bytes) return kept;
  kept = undefined;
  const kernel = instantiate(bytes);
  if (kernel && bytes <= keptBytes) kept = kernel;
  return kernel;
}

function instantiate(bytes: number): SearchKernel | undefined {
  if (unavailable) return undefined;
  try {
    module ??= new WebAssembly.Module(Uint8Array.from(atob(searchKernelBase64), (letter) => letter.charCodeAt(0)));
  } catch {
    unavailable = true;
    return undefined;
  }
  try {
    const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / pageBytes) });
    const { nearestAlong } = new WebAssembly.Instance(module, { env: { memory } }).exports;
    return { memory, nearestAlong: nearestAlong as SearchKernel['nearestAlong'] };
  } catch {
    return undefined;
  }
}
