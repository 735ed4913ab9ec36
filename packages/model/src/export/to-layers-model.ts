import { checkOptions } from '@kanrecon/image';
import { toArtifacts } from '../checkpoint/to-artifacts.js';
import type { Reconstructor } from '../network/reconstructor.js';
import { type DescribeNetworkOptions, describeNetwork, describeNetworkNames } from './describe-network.js';

/**
 * A reconstructor's network as the files of a plain TensorFlow.js layers model, in single precision, for `tf.loadLayersModel` in programs
 * without this package; one with a KAN head needs `registerKanLayers()` of @kanrecon/kan-layers before. Input: images
 * [batch, imageSize, imageSize, 3], (value − mean) / std. Output: what the head puts out, [batch, targets] on the scale on which 0 and 1 are
 * the ends of each range, and for one that says how sure it is that many numbers more. `userDefinedMetadata` in model.json say the rest
 * ({@link describeNetwork}).
 *
 * @returns the files by name
 * @throws as `toArtifacts` does
 */
export async function toLayersModel(
  reconstructor: Reconstructor,
  options: DescribeNetworkOptions = {},
): Promise<{ readonly 'model.json': string; readonly 'weights.bin': Uint8Array }> {
  checkOptions('toLayersModel', options, describeNetworkNames);
  const { model, weights } = await toArtifacts(reconstructor);
  const described = { ...model, userDefinedMetadata: describeNetwork(reconstructor, options) };
  return { 'model.json': JSON.stringify(described), 'weights.bin': weights };
}
