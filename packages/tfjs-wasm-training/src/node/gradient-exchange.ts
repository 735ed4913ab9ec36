/*
 * Weighted averages across threads, in one shared buffer:
 *
 *     control (64 bytes: arrivals, generation) | average | slot of worker 0 | slot of worker 1 | …
 *
 * Every worker writes its numbers into its slot. When all have, each averages its N-th part of the range over the slots, always
 * in the order of the ranks; when all have again, everybody reads the whole average. So every worker reads the same bits, whatever
 * the timing. A third barrier is not needed: slots are written again only after the second one, the average only after the next
 * first one, which waits for every reader.
 *
 * Sums are in double precision and rounded once: with one worker (weight 1) the average is its input, bit for bit, and numbers
 * that are equal in all slots stay as they are.
 *
 * Tried: each worker averaging everything for itself needs one barrier less but reads N times as much; adding up slot by slot in
 * single precision is no faster and rounds N − 1 times.
 */

const CONTROL_BYTES = 64;
const ARRIVALS = 0;
const GENERATION = 1;
/** Floats averaged at a time: the double-precision sums stay in the first-level cache. */
const BLOCK = 2048;

/** One worker's end of the exchange. */
export class GradientExchange {
  /** Written by this worker before {@link run}. */
  readonly slot: Float32Array;
  /** Read after {@link run}, before the next one. */
  readonly average: Float32Array;
  private readonly control: Int32Array;
  private readonly slots: readonly Float32Array[];
  private readonly sums = new Float64Array(BLOCK);

  /** Bytes of the shared buffer. */
  static byteLength(workers: number, floats: number): number {
    return CONTROL_BYTES + (workers + 1) * floats * 4;
  }

  constructor(
    buffer: SharedArrayBuffer,
    private readonly rank: number,
    private readonly workers: number,
    floats: number,
  ) {
    const part = (index: number) => new Float32Array(buffer, CONTROL_BYTES + index * floats * 4, floats);
    this.control = new Int32Array(buffer, 0, CONTROL_BYTES / 4);
    this.average = part(0);
    this.slots = Array.from({ length: workers }, (_, rank) => part(rank + 1));
    this.slot = this.slots[rank]!;
  }

  /**
   * Blocks until all workers are here and the average is made.
   *
   * @param weights of the workers, 1 in all; the slot of one with weight 0 is not read
   */
  run(weights: readonly number[]): void {
    this.barrier();
    const { length } = this.average;
    const end = Math.floor((length * (this.rank + 1)) / this.workers);
    for (let from = Math.floor((length * this.rank) / this.workers); from < end; from += BLOCK) {
      this.averageBlock(from, Math.min(end, from + BLOCK), weights);
    }
    this.barrier();
  }

  private averageBlock(from: number, to: number, weights: readonly number[]): void {
    const sums = this.sums.subarray(0, to - from).fill(0);
    for (let rank = 0; rank < this.workers; rank++) {
      const weight = weights[rank]!;
      if (weight === 0) continue;
      const slot = this.slots[rank]!;
      for (let i = 0; i < sums.length; i++) sums[i]! += weight * slot[from + i]!;
    }
    this.average.set(sums, from);
  }

  /** The last to arrive opens the next generation and wakes the others. */
  private barrier(): void {
    const generation = Atomics.load(this.control, GENERATION);
    if (Atomics.add(this.control, ARRIVALS, 1) === this.workers - 1) {
      Atomics.store(this.control, ARRIVALS, 0);
      Atomics.add(this.control, GENERATION, 1);
      Atomics.notify(this.control, GENERATION);
      return;
    }
    while (Atomics.load(this.control, GENERATION) === generation) Atomics.wait(this.control, GENERATION, generation);
  }
}
