/** What does not fit into the WASM heap. Users see an `Error` with this `code`, which goes from thread to thread with it. */
export class OutOfMemoryError extends Error {
  readonly code = 'ERR_WASM_HEAP_FULL';

  /**
   * @param room the bytes that were asked for, or words for them
   * @param heap bytes of the heap
   */
  constructor(room: number | string, heap: number) {
    const expected = typeof room === 'string' ? room : `${Math.max(1, Math.ceil(room / 2 ** 20))} MB more`;
    super(
      `wasm backend: out of memory; expected room for ${expected}, got a heap of ${Math.round(heap / 2 ** 20)} MB, which can grow to 4096 MB at most. Use a smaller batch or smaller images.`,
    );
  }
}
