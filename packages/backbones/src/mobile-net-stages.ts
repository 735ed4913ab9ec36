/** One inverted residual block of MobileNetV3. */
export interface MobileNetBlock {
  readonly kernel: number;
  /** Channels inside the block. */
  readonly expanded: number;
  readonly outChannels: number;
  /** Whether it squeezes and excites. */
  readonly squeeze: boolean;
  readonly activation: 'relu' | 'hardSwish';
  readonly stride: number;
}

/** Channels after the first convolution, torchvision's `features.0`. */
export const mobileNetV3SmallStemChannels = 16;

/**
 * MobileNetV3-Small's blocks; index i is torchvision's `features.(i + 1)`.
 *
 * Source: Howard et al., "Searching for MobileNetV3", 2019, arXiv:1905.02244, table 2; torchvision `mobilenet_v3_small`.
 */
export const mobileNetV3SmallBlocks: readonly MobileNetBlock[] = [
  { kernel: 3, expanded: 16, outChannels: 16, squeeze: true, activation: 'relu', stride: 2 },
  { kernel: 3, expanded: 72, outChannels: 24, squeeze: false, activation: 'relu', stride: 2 },
  { kernel: 3, expanded: 88, outChannels: 24, squeeze: false, activation: 'relu', stride: 1 },
  { kernel: 5, expanded: 96, outChannels: 40, squeeze: true, activation: 'hardSwish', stride: 2 },
  { kernel: 5, expanded: 240, outChannels: 40, squeeze: true, activation: 'hardSwish', stride: 1 },
  { kernel: 5, expanded: 240, outChannels: 40, squeeze: true, activation: 'hardSwish', stride: 1 },
  { kernel: 5, expanded: 120, outChannels: 48, squeeze: true, activation: 'hardSwish', stride: 1 },
  { kernel: 5, expanded: 144, outChannels: 48, squeeze: true, activation: 'hardSwish', stride: 1 },
  { kernel: 5, expanded: 288, outChannels: 96, squeeze: true, activation: 'hardSwish', stride: 2 },
  { kernel: 5, expanded: 576, outChannels: 96, squeeze: true, activation: 'hardSwish', stride: 1 },
  { kernel: 5, expanded: 576, outChannels: 96, squeeze: true, activation: 'hardSwish', stride: 1 },
];

/** Channels after the last convolution, torchvision's `features.12`. */
export const mobileNetV3SmallHeadChannels = 576;

/** Names of the layers whose outputs are torchvision's `features.0` … `features.12`. */
export function mobileNetV3SmallStageOutputNames(): string[] {
  return [
    'features.0.2',
    ...mobileNetV3SmallBlocks.map(({ expanded, outChannels, squeeze, stride }, index) => {
      const inChannels = mobileNetV3SmallBlocks[index - 1]?.outChannels ?? mobileNetV3SmallStemChannels;
      if (stride === 1 && inChannels === outChannels) return `features.${index + 1}.add`;
      return `features.${index + 1}.block.${(expanded === inChannels ? 1 : 2) + (squeeze ? 1 : 0)}.1`;
    }),
    `features.${mobileNetV3SmallBlocks.length + 1}.2`,
  ];
}
