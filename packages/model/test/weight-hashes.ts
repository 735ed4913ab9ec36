import { createHash } from 'node:crypto';
import type { layers } from '@tensorflow/tfjs-layers';

/** One hash per weight: equal where all bits are equal, and quick to compare. */
export function weightHashes(list: Pick<layers.Layer, 'weights'>[]): string[] {
  return list.flatMap(({ weights }) =>
    weights.map((weight) => createHash('sha1').update(Float32Array.from(weight.read().dataSync())).digest('hex')),
  );
}
