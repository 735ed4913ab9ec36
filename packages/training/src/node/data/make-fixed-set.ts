import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { synthesizeDataset } from '@kanrecon/dataset/node';
import type { Scene } from '@kanrecon/scene';
import type { OnTrainingEvent } from '../../events/training-event.js';
import { fixedImagesSeed } from '../../source/scene-images.js';

/** What {@link makeFixedSet} makes. */
export interface FixedSetOptions {
  /** The run's folder: the set lies in it, in `data`. */
  readonly out: string;
  readonly scene: Scene;
  readonly imageSize: number;
  /** Images to validate with; as many again to test with. */
  readonly images: number;
  readonly onEvent: OnTrainingEvent;
  readonly signal?: AbortSignal;
}

/** Makes the data set that a run on streamed images is validated and tested on. @returns its folder */
export async function makeFixedSet(options: FixedSetOptions): Promise<string> {
  const { out, scene, imageSize, images, onEvent, signal } = options;
  const dir = join(out, 'data');
  await synthesizeDataset({
    dir,
    scene,
    shapes: 2 * images,
    viewsPerShape: 1,
    split: { train: 0, val: images, test: images },
    imageSize,
    workers: availableParallelism(),
    seed: fixedImagesSeed,
    onProgress: (done, total) => onEvent({ type: 'progress', stage: 'drawing', done, total }),
    ...(signal && { signal }),
  });
  return dir;
}
