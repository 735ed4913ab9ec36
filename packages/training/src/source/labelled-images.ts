/** Images with their targets, by index: those that a training is validated with, or a data set's. */
export interface LabelledImages {
  /** @returns uint8 [n, size, size, 3] */
  readBatch(indices: Uint32Array): Uint8Array;
  /** @returns [n, outputs], scaled to [0, 1] */
  targets(indices: Uint32Array): Float32Array;
  /** Where a frozen backbone's features of them are known: [n, features]. Training and validation are on these then. */
  features?(indices: Uint32Array): Float32Array;
}
