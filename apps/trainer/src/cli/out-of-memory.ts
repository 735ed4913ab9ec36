import { withoutCaller } from './without-caller.js';

/** How Node.js, V8, WebAssembly and libvips (which sharp reads and writes images with) say that there is no memory left. */
const sayings =
  /\bENOMEM\b|out of memory|cannot allocate|could not allocate|allocation failed|bad_alloc|unable to write to target|failed to reserve/i;

/** What to say of an error that means that the memory is used up, in the error or in what it was caused by; undefined for others. */
export function describeOutOfMemory(error: Error): string | undefined {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    const [line] = each.message.split('\n');
    if (!sayings.test(each.message)) continue;
    // What a package of ours says of it, it says in a sentence with its own remedy.
    if (/^[a-z]\w*: .*;/.test(each.message)) return withoutCaller(each.message);
    return `there is not enough memory (${line!.replace(/[\s.]+$/, '').slice(0, 120)}); close other programs, raise the limit of this one if it has one (ulimit -v, a container's), or give it less: smaller or fewer images at once`;
  }
  return undefined;
}
