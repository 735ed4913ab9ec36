/** The code of @kanrecon/tfjs-wasm-training's error for a heap that is full. */
const heapFull = 'ERR_WASM_HEAP_FULL';

/** The system's code, and that of Node.js' threads. */
const codes: readonly unknown[] = ['ENOMEM', 'ERR_WORKER_OUT_OF_MEMORY'];

/**
 * How V8, WebAssembly and libvips (which sharp reads and writes images with) say that there is no memory left. By their words, for they
 * give no code: V8's is a RangeError like that of a number out of range, and a program that starts another one gets what that one printed.
 */
const sayings =
  /\bENOMEM\b|out of memory|cannot allocate|could not allocate|allocation failed|bad_alloc|unable to write to target|failed to reserve/i;

/** What to say of an error that means that the memory is used up, in the error or in what it was caused by; undefined for others. */
export function describeOutOfMemory(error: Error): string | undefined {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    const { message, code } = each as NodeJS.ErrnoException;
    // It is of 4 GB whatever the computer has, and says itself what to do.
    if (code === heapFull) return message;
    if (!codes.includes(code) && !sayings.test(message)) continue;
    const [line] = message.split('\n');
    return `there is not enough memory (${line!.replace(/[\s.]+$/, '').slice(0, 120)}); close other programs, raise the limit of this one if it has one (ulimit -v, a container's), or give it less: smaller or fewer images at once`;
  }
  return undefined;
}
