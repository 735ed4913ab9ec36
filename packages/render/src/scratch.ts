/**
 * Working memory that is kept between calls, so that rendering many images allocates almost nothing. Buffers only grow; what
 * is in them at the start of a call is left over from the one before.
 */
export class Scratch {
  private readonly buffers = new Map<string, ArrayBufferView>();

  /** A Float64Array of at least `length` numbers. */
  float64(name: string, length: number): Float64Array {
    return this.get(name, length, Float64Array);
  }

  /** A Float32Array of at least `length` numbers. */
  float32(name: string, length: number): Float32Array {
    return this.get(name, length, Float32Array);
  }

  /** An Int32Array of at least `length` numbers. */
  int32(name: string, length: number): Int32Array {
    return this.get(name, length, Int32Array);
  }

  /** A Uint32Array of at least `length` numbers. */
  uint32(name: string, length: number): Uint32Array {
    return this.get(name, length, Uint32Array);
  }

  /** A Uint8Array of at least `length` numbers. */
  uint8(name: string, length: number): Uint8Array {
    return this.get(name, length, Uint8Array);
  }

  private get<T extends ArrayBufferView & { length: number }>(
    name: string,
    length: number,
    type: new (length: number) => T,
  ): T {
    const old = this.buffers.get(name) as T | undefined;
    if (old !== undefined && old.length >= length) return old;
    const made = new type(Math.ceil(length * 1.25));
    this.buffers.set(name, made);
    return made;
  }
}

const idle: Scratch[] = [];

/** Runs `work` with scratch memory that nobody else uses meanwhile, even if `work` renders something itself. */
export function withScratch<T>(work: (scratch: Scratch) => T): T {
  const scratch = idle.pop() ?? new Scratch();
  try {
    return work(scratch);
  } finally {
    idle.push(scratch);
  }
}
