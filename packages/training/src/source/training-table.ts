import type { Target } from '@kanrecon/model';
import { wrongExperiment } from '../experiment/wrong-experiment.js';
import type { TrainingError } from '../training-error.js';
import type { LabelledImages } from './labelled-images.js';

/** Images of one's own, and the rows of a table that belong to them. */
export interface TableImages {
  /** RGB bytes [n, imageSize, imageSize, 3], as `fitImage` of `@kanrecon/image` makes them of any image. */
  readonly images: Uint8Array;
  /** For each image the numbers by their targets' names, in the targets' units and within their ranges. */
  readonly rows: readonly Readonly<Record<string, number>>[];
}

/** What a network is trained on without a scene: images, and a number of each for every target. */
export interface TrainingTable {
  /** What the network shall predict, in the order of its outputs. */
  readonly targets: readonly Target[];
  /** Trained on. Nothing is known of what the numbers mean, so that augmentation must keep them true is for the caller to see to. */
  readonly train: TableImages;
  /** Validated with after every epoch. */
  readonly validation: TableImages;
}

/**
 * A table's images by index, with its numbers scaled to [0, 1].
 *
 * @param part where they are in the table, for messages
 * @throws TrainingError `wrong-experiment` if there are none, not as many images as rows, or a number is missing or out of its range
 */
export function tableImages(
  { targets, ...parts }: TrainingTable,
  part: 'train' | 'validation',
  imageSize: number,
): LabelledImages & { readonly count: number } {
  const { images, rows } = parts[part];
  const pixels = 3 * imageSize * imageSize;
  const field = `table.${part}`;
  if (rows.length === 0) throw wrong(`${field}.rows`, 'expected at least one row, got none');
  if (!(images instanceof Uint8Array) || images.length !== rows.length * pixels) {
    const expected = `${rows.length} × ${imageSize} × ${imageSize} × 3 bytes, as many images as rows`;
    throw wrong(`${field}.images`, `expected ${expected}, got ${images?.length ?? 'nothing'}`);
  }
  const scaled = rows.map((row, i) =>
    targets.map(({ name, min, max }) => {
      const value = row[name];
      if (typeof value === 'number' && value >= min && value <= max) return (value - min) / (max - min);
      throw wrong(`${field}.rows.${i}.${name}`, `expected a number from ${min} to ${max}, got ${value ?? 'nothing'}`);
    }),
  );
  return {
    count: rows.length,
    readBatch: (indices) => {
      const batch = new Uint8Array(indices.length * pixels);
      indices.forEach((index, i) => {
        batch.set(images.subarray(index * pixels, (index + 1) * pixels), i * pixels);
      });
      return batch;
    },
    targets: (indices) => Float32Array.from([...indices].flatMap((index) => scaled[index]!)),
  };
}

function wrong(field: string, rest: string): TrainingError {
  return wrongExperiment('trainExperiment', field, rest);
}
