import type { Reconstructor } from '@kanrecon/model';
import { networkCamera, networkColumns, networkStart } from '@kanrecon/reconstruction';
import type { Scene } from '@kanrecon/scene';
import { fastForward } from '@kanrecon/training';
import { UserError } from '../cli/user-error.js';
import type { PreparedImage } from './prediction-worker.js';
import type { NetworkNumbers } from './reconstruction-json.js';

/** A network, and what its images show. */
export interface PredictingNetwork {
  readonly reconstructor: Reconstructor;
  readonly scene: Scene;
}

/**
 * What a network says of images, that go through it together.
 *
 * @param images undefined where one cannot be used
 * @returns its numbers by image, undefined likewise
 * @throws UserError if it finds something that is no number
 */
export async function predictImages(
  { reconstructor, scene }: PredictingNetwork,
  images: readonly (PreparedImage | undefined)[],
  batchSize: number,
): Promise<(NetworkNumbers | undefined)[]> {
  const usable = images.filter((image) => image !== undefined);
  if (usable.length === 0) return [];
  const bytes = usable[0]!.pixels.length;
  const pixels = new Uint8Array(usable.length * bytes);
  usable.forEach((image, i) => {
    pixels.set(image.pixels, i * bytes);
  });
  const all = await reconstructor.predictBatchWithSpread(pixels, { batchSize, ...fastForward });
  const columns = networkColumns(reconstructor, scene);
  const width = reconstructor.targets.length;
  let row = 0;
  return images.map((image) => {
    if (!image) return undefined;
    const ofImage = (values: Float32Array) => values.subarray(row * width, (row + 1) * width);
    const answer = { normalized: ofImage(all.mean), ...(all.spread && { spread: ofImage(all.spread) }) };
    row++;
    const found = columns.map((column) => answer.normalized[column]!);
    if (!found.every(Number.isFinite)) {
      throw new UserError(
        `the network finds no numbers (${found.join(', ')}): its training failed, or its weights are damaged.`,
      );
    }
    const camera = networkCamera(reconstructor, answer.normalized, scene);
    return { start: networkStart(reconstructor, answer, scene), ...(camera.found.length > 0 && { camera }) };
  });
}
