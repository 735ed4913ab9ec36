import type { BackboneName } from '../backbone-names.js';
import { imageNetNormalization, type Normalization } from '../normalization.js';
import type { TensorList } from '../weights/tensor-list.js';

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
  /** Which tensors are in it, where no checksum is known: it is compared with that. */
  readonly tensors?: TensorList;
  /** SPDX. What may be done with the weights also depends on the terms of ImageNet's images. */
  readonly license: 'BSD-3-Clause' | 'Apache-2.0';
  /** What the batch norms added to a variance when the weights were trained; undefined for a network without norms. */
  readonly batchNormEpsilon?: number;
  /** Side in pixels of the images that they were published for. */
  readonly inputSize: number;
  /** Share of ImageNet's validation images that they classify right with their classifier, percent, as published. */
  readonly top1: number;
}

/** A row of the table: what differs from file to file. */
interface Row extends Pick<PretrainedWeights, 'batchNormEpsilon' | 'inputSize' | 'top1' | 'size' | 'tensors'> {
  readonly publisher: PretrainedWeights['publisher'];
  /** torchvision's file without its ending, or timm's repository. */
  readonly name: string;
  readonly sha256?: string;
}

/**
 * Plain data without calls, so that a program that names one network does not carry it.
 *
 * torchvision: `url` and `acc@1` of the `…_Weights.IMAGENET1K_V1` in its models/squeezenet.py, mobilenetv3.py and, since its version 0.17,
 * efficientnet.py: the names that EfficientNets had before bear digits of other files (pytorch/vision issues 7744, 8060). Names end with the
 * first eight digits of the file's SHA-256, which `torch.hub` compares. Whole checksums as torch.hub reports them there, and as nixpkgs and
 * users of the files state them. timm: its models/efficientnet.py and results/results-imagenet.csv.
 */
const imageNet: Readonly<Partial<Record<BackboneName, Row>>> = {
  squeezeNet11: {
    publisher: 'torchvision',
    name: 'squeezenet1_1-b8a52dc0',
    sha256: 'b8a52dc049b60e4b6ab68ad0df457362afab8b6304b2febdc1650a5dab4d7e7b',
    size: 4_958_839,
    inputSize: 224,
    top1: 58.178,
  },
  squeezeNet10: { publisher: 'torchvision', name: 'squeezenet1_0-b66bff10', inputSize: 224, top1: 58.092 },
  mobileNetV3Small: {
    publisher: 'torchvision',
    name: 'mobilenet_v3_small-047dcff4',
    sha256: '047dcff4addef86ea5bc2eff13c9614dc11f47ab1160d0a71a25e7db994f4e1f',
    batchNormEpsilon: 1e-3,
    inputSize: 224,
    top1: 67.668,
  },
  efficientNetB0: {
    publisher: 'torchvision',
    name: 'efficientnet_b0_rwightman-7f5810bc',
    sha256: '7f5810bc96def8f7552d5b7e68d53c4786f81167d28291b21c0d90e1fca14934',
    batchNormEpsilon: 1e-5,
    inputSize: 224,
    top1: 77.692,
  },
  efficientNetB1: {
    publisher: 'torchvision',
    name: 'efficientnet_b1_rwightman-bac287d4',
    batchNormEpsilon: 1e-5,
    inputSize: 240,
    top1: 78.642,
  },
  efficientNetB2: {
    publisher: 'torchvision',
    name: 'efficientnet_b2_rwightman-c35c1473',
    sha256: 'c35c147384e385a5bab5a8eabdabbe5a3df0487ee4a554108626ae474a5bf755',
    batchNormEpsilon: 1e-5,
    inputSize: 288,
    top1: 80.608,
  },
  efficientNetB3: {
    publisher: 'torchvision',
    name: 'efficientnet_b3_rwightman-b3899882',
    sha256: 'b3899882250c22946d0229d266049fcd133c169233530b36b9ffa7983988362f',
    batchNormEpsilon: 1e-5,
    inputSize: 300,
    top1: 82.008,
  },
  efficientNetB4: {
    publisher: 'torchvision',
    name: 'efficientnet_b4_rwightman-23ab8bcd',
    sha256: '23ab8bcd5bdbef61a7a43b91adcad81f622fd7f36fb4935a569828d77888c44e',
    batchNormEpsilon: 1e-5,
    inputSize: 380,
    top1: 83.384,
  },
  efficientNetLite0: {
    publisher: 'timm',
    name: 'efficientnet_lite0.ra_in1k',
    tensors: { count: 245, crc32: 2_251_699_515 },
    batchNormEpsilon: 1e-5,
    inputSize: 224,
    top1: 75.488,
  },
};

/** Backbones that have such weights. */
export const pretrainedBackbones: readonly BackboneName[] = [
  'squeezeNet11',
  'squeezeNet10',
  'mobileNetV3Small',
  'efficientNetLite0',
  'efficientNetB0',
  'efficientNetB1',
  'efficientNetB2',
  'efficientNetB3',
  'efficientNetB4',
];

function torchvision({ name, ...row }: Row): Omit<PretrainedWeights, 'backbone' | 'weights' | keyof Normalization> {
  const file = `${name}.pth`;
  return {
    // Of a file whose whole checksum is not known, what its name tells.
    ...{ sha256: name.slice(-8), ...row, file },
    ...{ license: 'BSD-3-Clause', baseUrl: 'https://download.pytorch.org/', path: `models/${file}` },
  };
}

function timm({ name, ...row }: Row): Omit<PretrainedWeights, 'backbone' | 'weights' | keyof Normalization> {
  const path = `timm/${name}/resolve/main/model.safetensors`;
  return {
    ...{ ...row, file: `timm-${name}.safetensors` },
    ...{ license: 'Apache-2.0', baseUrl: 'https://huggingface.co/', path },
  };
}

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
  const file = row.publisher === 'timm' ? timm(row) : torchvision(row);
  return { backbone: name, weights, ...file, ...imageNetNormalization };
}
