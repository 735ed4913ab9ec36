/** One stage of the small CNN: a 3 × 3 convolution, then (perhaps) max pooling, batch norm and ReLU. */
export interface SmallCnnStage {
  readonly filters: number;
  /** Whether a 2 × 2 max pooling halves the map before it is normalised. */
  readonly pool: boolean;
}

/** Side of the grid of cells that the last map is averaged to: what is left of where things are in the image. */
export const smallCnnGrid = 4;

/**
 * The small CNN's stages; index i is `features.i`. Of this project, made to be trained from random weights on a processor:
 * few maps where there are many pixels, a stride of 1 everywhere (where Winograd's method works), and pooling before the
 * norm, so that norm and ReLU see a quarter of the pixels.
 *
 * Tried in short trainings on `fluted` images: 64, 128, 192 and 256 maps in the last four stages learned no more from as many
 * images and took 1.4 times as long; a first convolution of 2 × 2 pixels and stride 2 learned a little less and saved nothing.
 */
export const smallCnnStages: readonly SmallCnnStage[] = [
  { filters: 16, pool: true },
  { filters: 32, pool: true },
  { filters: 48, pool: true },
  { filters: 96, pool: true },
  { filters: 128, pool: false },
  { filters: 192, pool: false },
];

/** Names of the layers whose outputs are `features.0` … `features.5`. */
export const smallCnnStageOutputNames: readonly string[] = smallCnnStages.map((_, index) => `features.${index}`);

/** Length of the feature vector: the last stage's maps in every cell. */
export const smallCnnFeatureSize = smallCnnGrid * smallCnnGrid * (smallCnnStages.at(-1) as SmallCnnStage).filters;
