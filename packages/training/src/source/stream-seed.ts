/** Seeds of streams begin here, out of reach of the seeds that people give data sets. */
const firstStreamSeed = 2 ** 40;

/** The seed that an experiment's streamed images are drawn with: no data set that people make has it. */
export function streamSeed(seed: number): number {
  return firstStreamSeed + seed;
}

/** Whole batches an epoch of streamed images. */
export function streamSteps(epochImages: number, batchSize: number): number {
  return Math.ceil(epochImages / batchSize);
}
