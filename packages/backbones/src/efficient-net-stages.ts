/** One stage of inverted residual blocks ("MBConv"). */
export interface EfficientNetStage {
  /** Channels inside a block, as a multiple of those that enter it. */
  readonly expansion: number;
  /** Side of the depthwise kernel in pixels. */
  readonly kernel: number;
  /** Stride of the first block; the others have 1. */
  readonly stride: number;
  readonly outChannels: number;
  readonly blocks: number;
}

/**
 * EfficientNet-B0's blocks, of which those of all others are made; index i is torchvision's `features.(i + 1)`.
 *
 * Source: Tan and Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks", 2019,
 * arXiv:1905.11946, table 1; torchvision `efficientnet_b0`.
 */
export const efficientNetB0Stages: readonly EfficientNetStage[] = [
  { expansion: 1, kernel: 3, stride: 1, outChannels: 16, blocks: 1 },
  { expansion: 6, kernel: 3, stride: 2, outChannels: 24, blocks: 2 },
  { expansion: 6, kernel: 5, stride: 2, outChannels: 40, blocks: 2 },
  { expansion: 6, kernel: 3, stride: 2, outChannels: 80, blocks: 3 },
  { expansion: 6, kernel: 5, stride: 1, outChannels: 112, blocks: 3 },
  { expansion: 6, kernel: 5, stride: 2, outChannels: 192, blocks: 4 },
  { expansion: 6, kernel: 3, stride: 1, outChannels: 320, blocks: 1 },
];

/** An EfficientNet: how B0's stages are scaled, and what else differs. */
export interface EfficientNetVariant {
  /** Factor of all channels. */
  readonly width: number;
  /** Factor of the blocks of a stage. */
  readonly depth: number;
  readonly stemChannels: number;
  readonly headChannels: number;
  readonly activation: 'swish' | 'relu6';
  /** Whether blocks squeeze and excite. */
  readonly squeeze: boolean;
  /** Whether the first and the last stage keep their blocks, whatever the factor. */
  readonly fixedEnds: boolean;
  /** Side in pixels of the images that the published weights were trained on and tested with. */
  readonly inputSize: number;
}

/**
 * The EfficientNets. Source of B0 to B4: torchvision `efficientnet_b0` … `efficientnet_b4` and their weights' sizes; of Lite0, which
 * has ReLU6 and no squeeze and excitation: timm `efficientnet_lite0`.
 */
export const efficientNetVariants = {
  efficientNetB0: {
    width: 1,
    depth: 1,
    stemChannels: 32,
    headChannels: 1280,
    inputSize: 224,
    activation: 'swish',
    squeeze: true,
    fixedEnds: false,
  },
  efficientNetB1: {
    width: 1,
    depth: 1.1,
    stemChannels: 32,
    headChannels: 1280,
    inputSize: 240,
    activation: 'swish',
    squeeze: true,
    fixedEnds: false,
  },
  efficientNetB2: {
    width: 1.1,
    depth: 1.2,
    stemChannels: 32,
    headChannels: 1408,
    inputSize: 288,
    activation: 'swish',
    squeeze: true,
    fixedEnds: false,
  },
  efficientNetB3: {
    width: 1.2,
    depth: 1.4,
    stemChannels: 40,
    headChannels: 1536,
    inputSize: 300,
    activation: 'swish',
    squeeze: true,
    fixedEnds: false,
  },
  efficientNetB4: {
    width: 1.4,
    depth: 1.8,
    stemChannels: 48,
    headChannels: 1792,
    inputSize: 380,
    activation: 'swish',
    squeeze: true,
    fixedEnds: false,
  },
  efficientNetLite0: {
    width: 1,
    depth: 1,
    stemChannels: 32,
    headChannels: 1280,
    inputSize: 224,
    activation: 'relu6',
    squeeze: false,
    fixedEnds: true,
  },
} as const satisfies Readonly<Record<string, EfficientNetVariant>>;

/** The names of the functions that build them. */
export type EfficientNetName = keyof typeof efficientNetVariants;

/** The stages of a variant. */
export function efficientNetStages({ width, depth, fixedEnds }: EfficientNetVariant): EfficientNetStage[] {
  return efficientNetB0Stages.map((stage, index) => {
    const fixed = fixedEnds && (index === 0 || index === efficientNetB0Stages.length - 1);
    return {
      ...stage,
      outChannels: toMultiple(stage.outChannels * width),
      blocks: fixed ? stage.blocks : Math.ceil(stage.blocks * depth),
    };
  });
}

/** The nearest multiple of eight that is not more than a tenth less. Source: torchvision `_make_divisible`. */
export function toMultiple(channels: number): number {
  const nearest = Math.max(8, Math.floor((channels + 4) / 8) * 8);
  return nearest < 0.9 * channels ? nearest + 8 : nearest;
}

/** Names of the layers whose outputs are torchvision's `features.0`, `features.1`, … */
export function efficientNetStageOutputNames(variant: EfficientNetVariant): string[] {
  const stages = efficientNetStages(variant);
  const parts = (expansion: number) => (expansion > 1 ? 2 : 1) + (variant.squeeze ? 1 : 0);
  return [
    'features.0.2',
    ...stages.map(({ expansion, blocks }, index) =>
      // A stage of one block changes the number of channels, so it ends without a residual sum, in the block's last norm.
      blocks > 1 ? `features.${index + 1}.${blocks - 1}.add` : `features.${index + 1}.0.block.${parts(expansion)}.1`,
    ),
    `features.${stages.length + 1}.2`,
  ];
}
