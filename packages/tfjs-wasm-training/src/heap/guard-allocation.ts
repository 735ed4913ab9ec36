import type { WasmModule } from '../wasm-backend.js';
import { OutOfMemoryError } from './out-of-memory-error.js';

/*
 * tfjs' allocator (emmalloc) is not to be trusted near 4 GB. Whether a free block is large enough it finds out by comparing
 * `start of the block + bytes` with its end, in 32 bits: for a block near the end the sum wraps, and a block that is far too small
 * is handed out. Whoever writes to it runs over the end of the memory or over the tensors that lie between. A request of more than
 * 4 GB wraps likewise. And an address of 0, for "no room", stock tfjs uses like any other.
 */

/** The most that the memory can grow to: 4 GB less one page (emscripten's `getHeapMax`). */
const MAXIMUM = 2 ** 32 - 2 ** 16;
/**
 * Kept free at the end for what tfjs' own C++ code allocates (packed weights, tables of pointers), which nobody can check: tensors
 * stay below this, so no small free block lies so near the end that a sum of up to about as many bytes could wrap.
 */
const TAIL = 64 * 2 ** 20;
/** A block of this size must be free after every allocation, for the C++ code: mostly it lies in the tail. */
const SPARE = 32 * 2 ** 20;
const CEILING = MAXIMUM - TAIL;
/** What C's `errno` says after an allocation that found no room. */
const ENOMEM = 48;

/** The allocator of tfjs' module, checked. */
export interface GuardedAllocator {
  /**
   * To be called before tfjs' own code allocates `inside` bytes beside an output of `output` bytes: it writes to whatever it gets.
   *
   * @throws OutOfMemoryError if they are not there
   */
  expectRoomInside(inside: number, output: number): void;
  /** Whether an allocation inside tfjs' own code has failed since the last call. */
  hasFailedInside(): boolean;
  /** Called once when there is no room, before the refusal: what it frees may be enough. */
  onShortage: (() => void) | undefined;
  /** Puts the stock allocator back. */
  restore(): void;
}

/**
 * Makes tfjs' allocator refuse what does not fit, with an {@link OutOfMemoryError}: every block it gives out lies within the memory.
 */
export function guardAllocation(module: WasmModule, memory: WebAssembly.Memory): GuardedAllocator {
  // Emscripten replaces `_malloc` by the real function on its first call, so that call must come first.
  module._free(module._malloc(16));
  const { _malloc, _free } = module;
  const errorNumber = (module as { ___errno_location?: () => number }).___errno_location?.() ?? 0;

  /** A block that ends below `end`, or 0. */
  function blockBelow(end: number, bytes: number): number {
    if (bytes > end) return 0;
    // Blocks that do not fit are held, so that the allocator looks elsewhere, and given back afterwards.
    const held: number[] = [];
    let address = _malloc(bytes) >>> 0;
    while (address !== 0 && address + bytes > end) {
      held.push(address);
      address = _malloc(bytes) >>> 0;
    }
    for (const other of held) _free(other);
    return address;
  }

  /** Whether the C++ code would get this many bytes, all within the memory. */
  function hasRoom(bytes: number): boolean {
    const address = _malloc(bytes) >>> 0;
    if (address === 0) return false;
    _free(address);
    return address + bytes <= memory.buffer.byteLength;
  }

  function allocate(bytes: number): number {
    const address = blockBelow(CEILING, bytes);
    if (address === 0) return 0;
    if (memory.buffer.byteLength + SPARE < CEILING || hasRoom(SPARE)) return address;
    _free(address);
    return 0;
  }

  const guard: GuardedAllocator = {
    expectRoomInside(inside, output) {
      // That much is always there, or the memory can still grow.
      if (inside <= SPARE || memory.buffer.byteLength + inside + output + SPARE < CEILING) return;
      const first = module._malloc(output);
      const fits = inside < MAXIMUM && hasRoom(inside);
      _free(first);
      setErrorNumber(0);
      if (!fits) throw new OutOfMemoryError(inside, memory.buffer.byteLength);
    },
    hasFailedInside() {
      if (errorNumber === 0 || module.HEAP32[errorNumber >>> 2] !== ENOMEM) return false;
      setErrorNumber(0);
      return true;
    },
    onShortage: undefined,
    restore() {
      module._malloc = _malloc;
    },
  };

  function setErrorNumber(value: number): void {
    if (errorNumber !== 0) module.HEAP32[errorNumber >>> 2] = value;
  }

  module._malloc = (bytes) => {
    let address = allocate(bytes);
    if (address === 0 && guard.onShortage) {
      guard.onShortage();
      address = allocate(bytes);
    }
    // A search that fails at first leaves its mark; from here on the mark means that one inside has failed.
    setErrorNumber(0);
    if (address === 0) throw new OutOfMemoryError(bytes, memory.buffer.byteLength);
    // tfjs writes through this view at once. A shared memory that another thread has grown leaves it too short.
    if (module.HEAPU8.length < memory.buffer.byteLength) module.HEAPU8 = new Uint8Array(memory.buffer);
    return address;
  };
  return guard;
}
