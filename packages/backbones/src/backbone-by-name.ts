import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type BackboneName, backboneNames } from './backbone-names.js';
import type { BackboneOptions } from './backbone-options.js';
import { efficientNetB0, efficientNetB0MinImageSize } from './efficient-net-b0.js';
import { efficientNetB0HeadChannels, efficientNetB0StageOutputNames } from './efficient-net-b0-stages.js';
import { imageNetNormalization, type Normalization, studyNormalization } from './normalization.js';
import { smallCnn, smallCnnMinImageSize } from './small-cnn.js';
import { smallCnnFeatureSize, smallCnnStageOutputNames } from './small-cnn-stages.js';
import { squeezeNet11, squeezeNet11MinImageSize } from './squeeze-net-11.js';
import { squeezeNet11StageOutputNames } from './squeeze-net-11-stages.js';

/** What is to be known of a backbone, and the function that builds it. */
export interface Backbone {
  readonly name: BackboneName;
  /** The name in torchvision's model registry; undefined for a network that torchvision does not have. */
  readonly torchName?: string;
  /** Length of the feature vector. */
  readonly featureSize: number;
  /** Trainable parameters with three input channels; running means and variances do not count, as in torch. */
  readonly parameterCount: number;
  /** The smallest image side in pixels. */
  readonly minImageSize: number;
  /** The normalisation under which the published weights were trained, or that is good to train with where there are none. */
  readonly normalization: Normalization;
  /** Whether an image side may be left open (`imageSize: null`). */
  readonly takesOpenSides: boolean;
  /** Names of the layers whose outputs are torchvision's (the stages') `features.0`, `features.1`, …, in this order. */
  readonly stageOutputNames: readonly string[];
  /** Builds the model. */
  readonly create: (options?: BackboneOptions) => LayersModel;
}

const BACKBONES: Readonly<Record<BackboneName, Backbone>> = {
  squeezeNet11: {
    name: 'squeezeNet11',
    torchName: 'squeezenet1_1',
    featureSize: 512,
    parameterCount: 722_496,
    minImageSize: squeezeNet11MinImageSize,
    normalization: imageNetNormalization,
    takesOpenSides: true,
    stageOutputNames: squeezeNet11StageOutputNames,
    create: squeezeNet11,
  },
  efficientNetB0: {
    name: 'efficientNetB0',
    torchName: 'efficientnet_b0',
    featureSize: efficientNetB0HeadChannels,
    parameterCount: 4_007_548,
    minImageSize: efficientNetB0MinImageSize,
    normalization: imageNetNormalization,
    takesOpenSides: true,
    stageOutputNames: efficientNetB0StageOutputNames,
    create: efficientNetB0,
  },
  smallCnn: {
    name: 'smallCnn',
    featureSize: smallCnnFeatureSize,
    parameterCount: 393_136,
    minImageSize: smallCnnMinImageSize,
    normalization: studyNormalization,
    takesOpenSides: false,
    stageOutputNames: smallCnnStageOutputNames,
    create: smallCnn,
  },
};

/**
 * The backbone of that name.
 *
 * @throws RangeError for a name that is none, listing those there are.
 */
export function backboneByName(name: BackboneName): Backbone {
  if (!Object.hasOwn(BACKBONES, name)) {
    throw new RangeError(`backboneByName: unknown backbone; expected one of ${backboneNames.join(', ')}, got ${name}`);
  }
  return BACKBONES[name];
}
