import { searchKernel as base64 } from './generated/search-kernel.js';

/** The search in WebAssembly, four boxes or triangles at a time; see assembly/nearest.ts. */
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

/** Memory beyond this is given back after use: it cannot shrink. */
const keptBytes = 2 ** 26;

let kernel: SearchKernel | undefined;
let unavailable = false;

/**
 * The kernel, compiled at first use: below 4 kB, so that browsers do it at once on a page's main thread too. Undefined where there is no
 * WebAssembly SIMD or a page's content security policy forbids WebAssembly.
 */
export function searchKernel(): SearchKernel | undefined {
  if (kernel && kernel.memory.buffer.byteLength > keptBytes) kernel = undefined;
  if (kernel || unavailable) return kernel;
  try {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    kernel = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as unknown as SearchKernel;
  } catch {
    unavailable = true;
  }
  return kernel;
}
