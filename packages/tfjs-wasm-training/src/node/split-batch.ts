/** A worker's samples of a batch: from `start` to `end` (without it). */
export interface BatchRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Divides a batch among workers, in order, as evenly as possible; the first ones get the sample more. A batch too small for
 * shares of `minimum` samples goes to fewer workers, and the others get empty ranges: BatchNorm cannot learn from a share of
 * one sample, so a network that has it wants a minimum of 2.
 *
 * @returns one range a worker, together 0 to `count`
 */
export function splitBatch(count: number, workers: number, minimum = 1): BatchRange[] {
  for (const [name, value, least] of [
    ['count', count, 0],
    ['workers', workers, 1],
    ['minimum', minimum, 1],
  ] as const) {
    if (!Number.isSafeInteger(value) || value < least) {
      throw new Error(`splitBatch: ${name} is wrong; expected a whole number from ${least}, got ${value}`);
    }
  }
  const active = Math.max(1, Math.min(workers, Math.floor(count / minimum)));
  return Array.from({ length: workers }, (_, rank) => ({
    start: Math.ceil((count * Math.min(rank, active)) / active),
    end: Math.ceil((count * Math.min(rank + 1, active)) / active),
  }));
}
