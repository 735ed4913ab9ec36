import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { BackboneName } from './backbone-names.js';
import type { BackboneOptions } from './backbone-options.js';
import type { FeatureMap } from './feature-map.js';
import type { Normalization } from './normalization.js';

/** What is to be known of an architecture, and the function that builds it. */
export interface BackboneEntry {
  readonly name: BackboneName;
  /** The name in torchvision's model registry; undefined for a network that torchvision does not have. */
  readonly torchName?: string;
  /** The name in timm's; undefined for a network that timm does not have. */
  readonly timmName?: string;
  /** Length of the feature vector. */
  readonly featureSize: number;
  /** Trainable parameters with three input channels; running means and variances do not count, as in torch. */
  readonly parameterCount: number;
  /** Side in pixels of the images that the published weights expect, or that it is made for where there are none. */
  readonly inputSize: number;
  /** The smallest image side in pixels. */
  readonly minImageSize: number;
  /** The normalisation under which the published weights were trained, or that is good to train with where there are none. */
  readonly normalization: Normalization;
  /** Whether an image side may be left open (`imageSize: null`). */
  readonly takesOpenSides: boolean;
  /** Of every stage, in their order. */
  readonly featureMaps: readonly FeatureMap[];
  /** Names of the layers whose outputs are torchvision's (the stages') `features.0`, `features.1`, …, in this order. */
  readonly stageOutputNames: readonly string[];
  /** Builds the model. */
  readonly create: (options?: BackboneOptions) => LayersModel;
}
