import type { LayersModel } from '@tensorflow/tfjs-layers';
import { toHalf } from './half-precision.js';
import type { ManifestWeight } from './reconstructor-artifacts.js';

/** The greatest number that half precision has. */
const mostHalf = 65504;
/** Numbers of a matrix below which nothing is saved: 2 kB. */
const leastNumbers = 1024;

/** Weights as weights.bin has them. */
export interface WeightsFile {
  /** For `weightsManifest` of model.json. */
  readonly entries: readonly ManifestWeight[];
  readonly weights: Uint8Array;
}

/**
 * Puts the weights of a network one behind the other.
 *
 * In half precision are large matrices only. The rest is a hundredth of a network, but errors of the first convolution go through all of it (of
 * the small CNN they are half of what its outputs are off by), those of a bias are of all that it is added to, and a moving variance near 0
 * would become 0.
 *
 * @param values of `network.weights`, in their order
 * @param half whether matrices are stored in half precision
 */
export function storeWeights(network: LayersModel, values: readonly Float32Array[], half: boolean): WeightsFile {
  const entries: ManifestWeight[] = [];
  const parts: Uint8Array[] = [];
  network.weights.forEach(({ originalName: name, shape }, i) => {
    const isHalf =
      half &&
      shape.length > 1 &&
      values[i].length >= leastNumbers &&
      values[i].every((value) => Math.abs(value) <= mostHalf);
    const stored = isHalf ? toHalf(values[i]) : values[i];
    entries.push({
      name,
      shape: shape as number[],
      dtype: 'float32',
      ...(isHalf && { quantization: { dtype: 'float16', original_dtype: 'float32' } }),
    });
    parts.push(new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength));
  });
  const weights = new Uint8Array(parts.reduce((total, { length }) => total + length, 0));
  let offset = 0;
  for (const part of parts) {
    weights.set(part, offset);
    offset += part.length;
  }
  return { entries, weights };
}
