import { type BackboneName, backboneNames } from '../backbone-names.js';
import { imageNetNormalization, type Normalization } from '../normalization.js';

/** Sets of published weights. */
export const weightsNames = ['imagenet'] as const;

/** Name of a set of published weights: what they were trained on. */
export type WeightsName = (typeof weightsNames)[number];

/** Published weights of a backbone, and all that using them needs to know. */
export interface PretrainedWeights extends Normalization {
  readonly backbone: BackboneName;
  readonly weights: WeightsName;
  /** Who published the file, and whose names are in it. */
  readonly publisher: 'torchvision' | 'timm';
  /** Where it lies: server, and path there. */
  readonly baseUrl: string;
  readonly path: string;
  /** What it is called in a cache. */
  readonly file: string;
  /** Hexadecimal: 64 digits, or the first eight, which torchvision puts into the file's name; undefined where nothing is known. */
  readonly sha256?: string;
  /** Bytes, where they are known. */
  readonly size?: number;
  /** SPDX. What may be done with the weights also depends on the terms of ImageNet's images. */
  readonly license: 'BSD-3-Clause' | 'Apache-2.0';
  /** What the batch norms added to a variance when the weights were trained; undefined for a network without norms. */
  readonly batchNormEpsilon?: number;
  /** Side in pixels of the images that they were published for. */
  readonly inputSize: number;
  /** Share of ImageNet's validation images that they classify right with their classifier, percent, as published. */
  readonly top1: number;
}

type Row = Omit<PretrainedWeights, 'backbone' | 'weights' | keyof Normalization>;

/**
 * torchvision's file of that name. Names end with the first eight digits of the file's SHA-256, which `torch.hub` compares.
 *
 * Source: `url` and `acc@1` of the `…_Weights.IMAGENET1K_V1` in torchvision's models/squeezenet.py, mobilenetv3.py and, since its version
 * 0.17, efficientnet.py: the names that EfficientNets had before bear digits of other files (pytorch/vision issues 7744, 8060). Whole
 * checksums as torch.hub reports them there, and as nixpkgs and users of the files state them.
 */
function torchvision(
  name: string,
  rest: Pick<Row, 'sha256' | 'size' | 'batchNormEpsilon' | 'inputSize' | 'top1'>,
): Row {
  const sha256 = rest.sha256 ?? (/-([0-9a-f]{8})$/.exec(name)?.[1] as string);
  const file = `${name}.pth`;
  return {
    ...{ publisher: 'torchvision', license: 'BSD-3-Clause', baseUrl: 'https://download.pytorch.org/' },
    ...{ path: `models/${file}`, file, ...rest, sha256 },
  };
}

/** timm's file in its repository on the Hugging Face hub. Source: timm's models/efficientnet.py and results/results-imagenet.csv. */
function timm(repository: string, rest: Pick<Row, 'batchNormEpsilon' | 'inputSize' | 'top1'>): Row {
  return {
    ...{ publisher: 'timm', license: 'Apache-2.0', baseUrl: 'https://huggingface.co/' },
    ...{ path: `timm/${repository}/resolve/main/model.safetensors`, file: `timm-${repository}.safetensors`, ...rest },
  };
}

const efficient = { batchNormEpsilon: 1e-5 } as const;

const imageNet: Readonly<Partial<Record<BackboneName, Row>>> = {
  squeezeNet11: torchvision('squeezenet1_1-b8a52dc0', {
    sha256: 'b8a52dc049b60e4b6ab68ad0df457362afab8b6304b2febdc1650a5dab4d7e7b',
    ...{ size: 4_958_839, inputSize: 224, top1: 58.178 },
  }),
  squeezeNet10: torchvision('squeezenet1_0-b66bff10', { inputSize: 224, top1: 58.092 }),
  mobileNetV3Small: torchvision('mobilenet_v3_small-047dcff4', {
    sha256: '047dcff4addef86ea5bc2eff13c9614dc11f47ab1160d0a71a25e7db994f4e1f',
    ...{ batchNormEpsilon: 1e-3, inputSize: 224, top1: 67.668 },
  }),
  efficientNetB0: torchvision('efficientnet_b0_rwightman-7f5810bc', {
    sha256: '7f5810bc96def8f7552d5b7e68d53c4786f81167d28291b21c0d90e1fca14934',
    ...{ ...efficient, inputSize: 224, top1: 77.692 },
  }),
  efficientNetB1: torchvision('efficientnet_b1_rwightman-bac287d4', { ...efficient, inputSize: 240, top1: 78.642 }),
  efficientNetB2: torchvision('efficientnet_b2_rwightman-c35c1473', {
    sha256: 'c35c147384e385a5bab5a8eabdabbe5a3df0487ee4a554108626ae474a5bf755',
    ...{ ...efficient, inputSize: 288, top1: 80.608 },
  }),
  efficientNetB3: torchvision('efficientnet_b3_rwightman-b3899882', {
    sha256: 'b3899882250c22946d0229d266049fcd133c169233530b36b9ffa7983988362f',
    ...{ ...efficient, inputSize: 300, top1: 82.008 },
  }),
  efficientNetB4: torchvision('efficientnet_b4_rwightman-23ab8bcd', {
    sha256: '23ab8bcd5bdbef61a7a43b91adcad81f622fd7f36fb4935a569828d77888c44e',
    ...{ ...efficient, inputSize: 380, top1: 83.384 },
  }),
  efficientNetLite0: timm('efficientnet_lite0.ra_in1k', { ...efficient, inputSize: 224, top1: 75.488 }),
};

/** Backbones that have such weights. */
export const pretrainedBackbones: readonly BackboneName[] = backboneNames.filter((name) => imageNet[name]);

/**
 * The published weights of a backbone; nothing is fetched.
 *
 * @param caller begins the error
 * @throws RangeError for a backbone that has none, or an unknown set of weights, listing those there are
 */
export function pretrainedWeights(
  name: BackboneName,
  weights: WeightsName = 'imagenet',
  caller = 'pretrainedWeights',
): PretrainedWeights {
  if (!weightsNames.includes(weights)) {
    throw new RangeError(`${caller}: unknown weights; expected ${weightsNames.join(', ')}, got ${weights}`);
  }
  const row = Object.hasOwn(imageNet, name) ? imageNet[name] : undefined;
  if (!row) {
    const known = pretrainedBackbones.join(', ');
    throw new RangeError(
      `${caller}: there are no published weights of this backbone; expected one of ${known}, got ${name}`,
    );
  }
  return { backbone: name, weights, ...row, ...imageNetNormalization };
}
