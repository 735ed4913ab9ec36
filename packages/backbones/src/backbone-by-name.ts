import type { BackboneEntry } from './backbone-entry.js';
import { type BackboneName, backboneNames } from './backbone-names.js';
import { efficientNetB0 } from './efficient-net-b0.js';
import { efficientNetB1 } from './efficient-net-b1.js';
import { efficientNetB2 } from './efficient-net-b2.js';
import { efficientNetB3 } from './efficient-net-b3.js';
import { efficientNetB4 } from './efficient-net-b4.js';
import { efficientNetLite0 } from './efficient-net-lite0.js';
import {
  type EfficientNetName,
  efficientNetStageOutputNames,
  efficientNetStages,
  efficientNetVariants,
} from './efficient-net-stages.js';
import type { FeatureMap } from './feature-map.js';
import { efficientNetMinImageSize } from './internal/build-efficient-net.js';
import {
  mobileNetV3SmallBlocks,
  mobileNetV3SmallHeadChannels,
  mobileNetV3SmallStageOutputNames,
  mobileNetV3SmallStemChannels,
} from './mobile-net-stages.js';
import { mobileNetV3Small, mobileNetV3SmallMinImageSize } from './mobile-net-v3-small.js';
import { imageNetNormalization, studyNormalization } from './normalization.js';
import { smallCnn, smallCnnMinImageSize } from './small-cnn.js';
import { smallCnnFeatureSize, smallCnnStageOutputNames, smallCnnStages } from './small-cnn-stages.js';
import { squeezeNet10, squeezeNet10MinImageSize } from './squeeze-net-10.js';
import { squeezeNet11, squeezeNet11MinImageSize } from './squeeze-net-11.js';
import {
  type SqueezeNetStage,
  squeezeNet10Stages,
  squeezeNet11Stages,
  squeezeNetStageOutputNames,
} from './squeeze-net-stages.js';

/** A stage's channels, and its stride from the stage before. */
type Step = readonly [channels: number, stride: number];

const published = { normalization: imageNetNormalization, takesOpenSides: true } as const;

/** What makes each entry: functions, so that a program that names one network holds no other. */
const BACKBONES: Readonly<Record<BackboneName, () => BackboneEntry>> = {
  squeezeNet11: () => ({
    ...squeezeNet('squeezenet1_1', squeezeNet11Stages),
    ...{ name: 'squeezeNet11', parameterCount: 722_496, minImageSize: squeezeNet11MinImageSize, create: squeezeNet11 },
  }),
  squeezeNet10: () => ({
    ...squeezeNet('squeezenet1_0', squeezeNet10Stages),
    ...{ name: 'squeezeNet10', parameterCount: 735_424, minImageSize: squeezeNet10MinImageSize, create: squeezeNet10 },
  }),
  efficientNetB0: () => efficientNet('efficientNetB0', 4_007_548, efficientNetB0, 'efficientnet_b0'),
  efficientNetB1: () => efficientNet('efficientNetB1', 6_513_184, efficientNetB1, 'efficientnet_b1'),
  efficientNetB2: () => efficientNet('efficientNetB2', 7_700_994, efficientNetB2, 'efficientnet_b2'),
  efficientNetB3: () => efficientNet('efficientNetB3', 10_696_232, efficientNetB3, 'efficientnet_b3'),
  efficientNetB4: () => efficientNet('efficientNetB4', 17_548_616, efficientNetB4, 'efficientnet_b4'),
  efficientNetLite0: () => efficientNet('efficientNetLite0', 3_371_008, efficientNetLite0),
  mobileNetV3Small: () => ({
    ...published,
    ...{ name: 'mobileNetV3Small', torchName: 'mobilenet_v3_small', timmName: 'mobilenetv3_small_100' },
    ...{ featureSize: mobileNetV3SmallHeadChannels, parameterCount: 927_008, inputSize: 224 },
    ...{ minImageSize: mobileNetV3SmallMinImageSize, create: mobileNetV3Small },
    ...maps(mobileNetV3SmallStageOutputNames(), [
      [mobileNetV3SmallStemChannels, 2],
      ...mobileNetV3SmallBlocks.map(({ outChannels, stride }): Step => [outChannels, stride]),
      [mobileNetV3SmallHeadChannels, 1],
    ]),
  }),
  smallCnn: () => ({
    ...{ name: 'smallCnn', featureSize: smallCnnFeatureSize, parameterCount: 393_136, inputSize: 64 },
    ...{ minImageSize: smallCnnMinImageSize, normalization: studyNormalization, takesOpenSides: false },
    ...maps(
      smallCnnStageOutputNames,
      smallCnnStages.map(({ filters, pool }): Step => [filters, pool ? 2 : 1]),
    ),
    create: smallCnn,
  }),
};

const made = new Map<BackboneName, BackboneEntry>();

/**
 * The backbone of that name.
 *
 * @throws RangeError for a name that is none, listing those there are.
 */
export function backboneByName(name: BackboneName): BackboneEntry {
  if (!Object.hasOwn(BACKBONES, name)) {
    throw new RangeError(`backboneByName: unknown backbone; expected one of ${backboneNames.join(', ')}, got ${name}`);
  }
  const entry = made.get(name) ?? BACKBONES[name]();
  made.set(name, entry);
  return entry;
}

function efficientNet(
  name: EfficientNetName,
  parameterCount: number,
  create: BackboneEntry['create'],
  torchName?: string,
): BackboneEntry {
  const variant = efficientNetVariants[name];
  const { stemChannels, headChannels: featureSize, inputSize } = variant;
  const steps: Step[] = [
    [stemChannels, 2],
    ...efficientNetStages(variant).map(({ outChannels, stride }): Step => [outChannels, stride]),
    [featureSize, 1],
  ];
  return {
    ...published,
    ...{ name, featureSize, parameterCount, inputSize, minImageSize: efficientNetMinImageSize, create },
    ...(torchName ? { torchName, timmName: torchName } : { timmName: 'efficientnet_lite0' }),
    ...maps(efficientNetStageOutputNames(variant), steps),
  };
}

function squeezeNet(torchName: string, stages: readonly SqueezeNetStage[]) {
  let channels = 0;
  const steps = stages.map((stage): Step => {
    if (stage.type === 'convolution') channels = stage.filters;
    if (stage.type === 'fire') channels = 2 * stage.expand;
    return [channels, stage.type === 'convolution' ? stage.stride : stage.type === 'maxPool' ? 2 : 1];
  });
  return { ...published, torchName, featureSize: 512, inputSize: 224, ...maps(squeezeNetStageOutputNames, steps) };
}

function maps(
  stageOutputNames: readonly string[],
  steps: readonly Step[],
): Pick<BackboneEntry, 'featureMaps' | 'stageOutputNames'> {
  let total = 1;
  const featureMaps = stageOutputNames.map((layer, index): FeatureMap => {
    const [channels, stride] = steps[index] as Step;
    total *= stride;
    return { name: `stage${index}`, layer, channels, stride: total };
  });
  return { featureMaps, stageOutputNames };
}
