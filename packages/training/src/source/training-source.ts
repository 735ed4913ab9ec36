/** What one training step is made with. */
export interface TrainingBatch {
  /**
   * uint8 [n, size, size, 3]; may be changed in place, and is good until the next batch is asked for. Or a frozen backbone's features,
   * float32 [n, features], on which the head alone is trained.
   */
  images: Uint8Array | Float32Array;
  /** [n, outputs], scaled to [0, 1]. */
  targets: Float32Array;
  /** The n samples' numbers, which augmentation hangs on. */
  samples: Uint32Array;
}

/** Where training images come from. The same epoch and step give the same batch, in whatever run. */
export interface TrainingSource {
  /** Images an epoch. */
  readonly images: number;
  /** Batches an epoch. */
  readonly steps: number;
  /** Batches are asked for in order, from where the run begins. */
  batch(epoch: number, step: number): TrainingBatch | Promise<TrainingBatch>;
  close(): Promise<void>;
}
