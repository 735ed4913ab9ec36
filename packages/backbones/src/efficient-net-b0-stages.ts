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

/** Channels after the first convolution, torchvision's `features.0`. */
export const efficientNetB0StemChannels = 32;

/**
 * EfficientNet-B0's blocks; index i is torchvision's `features.(i + 1)`.
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

/** Channels after the last convolution, torchvision's `features.8`. */
export const efficientNetB0HeadChannels = 1280;

/** Names of the layers whose outputs are torchvision's `features.0` … `features.8`. */
export const efficientNetB0StageOutputNames: readonly string[] = [
  'features.0.2',
  ...efficientNetB0Stages.map(({ expansion, blocks }, index) =>
    // A stage of one block changes the number of channels, so it ends without a residual sum, in the block's last norm.
    blocks > 1 ? `features.${index + 1}.${blocks - 1}.add` : `features.${index + 1}.0.block.${expansion > 1 ? 3 : 2}.1`,
  ),
  `features.${efficientNetB0Stages.length + 1}.2`,
];
