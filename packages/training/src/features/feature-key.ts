import { type Reconstructor, sha256 } from '@kanrecon/model';
import { getBackend } from '@tensorflow/tfjs-core';

/** Goes up when the same backbone and images give other features. */
const format = 1;

/**
 * What features are of, as 64 hexadecimal digits: of the backbone with its weights and moving statistics, the preprocessing, and the
 * backend, whose rounding is its own. Another of these gives another key.
 *
 * @param images digests of the images, in their order
 */
export async function featureKey(
  { config, backboneLayers }: Reconstructor,
  images: readonly string[],
): Promise<string> {
  const { backbone, imageSize, fit, mean, std } = config;
  const weights: string[] = [];
  for (const { weights: own } of backboneLayers) {
    for (const weight of own) {
      const { buffer, byteOffset, byteLength } = await weight.read().data();
      weights.push(await sha256(new Uint8Array(buffer, byteOffset, byteLength)));
    }
  }
  const what = { format, backend: getBackend(), backbone, imageSize, fit, mean, std, weights, images };
  return sha256(new TextEncoder().encode(JSON.stringify(what)));
}
