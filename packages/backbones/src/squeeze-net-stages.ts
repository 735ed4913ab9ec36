/** One entry of SqueezeNet's `features`, as torchvision numbers them. */
export type SqueezeNetStage =
  | { readonly type: 'convolution'; readonly filters: number; readonly kernel: number; readonly stride: number }
  | { readonly type: 'relu' }
  /** 3 × 3, stride 2, torch's `ceil_mode`. */
  | { readonly type: 'maxPool' }
  /** A 1 × 1 convolution to `squeeze` channels, then a 1 × 1 and a 3 × 3 one side by side, `expand` channels each. */
  | { readonly type: 'fire'; readonly squeeze: number; readonly expand: number };

/**
 * SqueezeNet 1.0 without its classifier; index i is torchvision's `features.i`.
 *
 * Source: Iandola et al., "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and <0.5MB model size", 2016,
 * arXiv:1602.07360; torchvision `squeezenet1_0`.
 */
export const squeezeNet10Stages: readonly SqueezeNetStage[] = [
  { type: 'convolution', filters: 96, kernel: 7, stride: 2 },
  { type: 'relu' },
  { type: 'maxPool' },
  { type: 'fire', squeeze: 16, expand: 64 },
  { type: 'fire', squeeze: 16, expand: 64 },
  { type: 'fire', squeeze: 32, expand: 128 },
  { type: 'maxPool' },
  { type: 'fire', squeeze: 32, expand: 128 },
  { type: 'fire', squeeze: 48, expand: 192 },
  { type: 'fire', squeeze: 48, expand: 192 },
  { type: 'fire', squeeze: 64, expand: 256 },
  { type: 'maxPool' },
  { type: 'fire', squeeze: 64, expand: 256 },
];

/** SqueezeNet 1.1, which needs 2.4 times fewer computations; torchvision `squeezenet1_1`. */
export const squeezeNet11Stages: readonly SqueezeNetStage[] = [
  { type: 'convolution', filters: 64, kernel: 3, stride: 2 },
  { type: 'relu' },
  { type: 'maxPool' },
  { type: 'fire', squeeze: 16, expand: 64 },
  { type: 'fire', squeeze: 16, expand: 64 },
  { type: 'maxPool' },
  { type: 'fire', squeeze: 32, expand: 128 },
  { type: 'fire', squeeze: 32, expand: 128 },
  { type: 'maxPool' },
  { type: 'fire', squeeze: 48, expand: 192 },
  { type: 'fire', squeeze: 48, expand: 192 },
  { type: 'fire', squeeze: 64, expand: 256 },
  { type: 'fire', squeeze: 64, expand: 256 },
];

/** Names of the layers whose outputs are torchvision's `features.0` … `features.12`, of either. */
export const squeezeNetStageOutputNames: readonly string[] = /* @__PURE__ */ squeezeNet11Stages.map(
  (_, index) => `features.${index}`,
);
