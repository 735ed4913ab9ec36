import type { LayersModel } from '@tensorflow/tfjs-layers';
import { backboneByName } from './backbone-by-name.js';
import type { BackboneName } from './backbone-names.js';
import type { BackboneOptions } from './backbone-options.js';
import type { FeatureMap } from './feature-map.js';
import type { Normalization } from './normalization.js';

/** A feature extractor with what is to be known to use it. */
export interface Backbone extends Normalization {
  readonly name: BackboneName;
  /** Normalised images `[batch, height, width, channels]` to features `[batch, featureSize]`. */
  readonly model: LayersModel;
  readonly featureSize: number;
  /** Height and width of its images in pixels; null for a side that is open. */
  readonly inputSize: readonly [height: number | null, width: number | null];
  /** Trainable parameters. */
  readonly parameterCount: number;
  /** The maps of its stages: `tf.model({ inputs: model.inputs, outputs: model.getLayer(featureMaps[4].layer).output })`. */
  readonly featureMaps: readonly FeatureMap[];
}

/**
 * Builds a backbone by name. `mean` and `std` are those under which its published weights were trained: the model expects
 * (value − mean) / std with values in [0, 1].
 *
 * @param options as of the backbone's own function; `imageSize` is the published weights' where it is left out
 * @throws RangeError for an unknown name or an option out of range
 */
export function createBackbone(name: BackboneName, options: BackboneOptions = {}): Backbone {
  const { inputSize, normalization, featureSize, featureMaps, create } = backboneByName(name);
  const model = create({ ...options, imageSize: options.imageSize === undefined ? inputSize : options.imageSize });
  const [, height = null, width = null] = model.inputs[0]?.shape ?? [];
  const parameterCount = model.trainableWeights.reduce(
    (total, { shape }) => total + (shape as number[]).reduce((product, side) => product * side, 1),
    0,
  );
  return {
    ...{ name, model, featureSize, featureMaps, parameterCount, ...normalization },
    inputSize: [height, width],
  };
}
