import { augmentationSets } from '../augmentation/augmentations.js';
import type { ExperimentOptions } from './experiment.js';
import type { ExperimentPart } from './experiment-part.js';

/** How to train: a part of an experiment, whatever it is trained on. */
export type Recipe = Omit<ExperimentPart, 'data' | 'seed'>;

const small = {
  model: {
    backbone: 'smallCnn',
    imageSize: 64,
    head: { type: 'mlp', widths: [], dropout: 0, uncertainty: 'gaussian' },
  },
  camera: true,
  optimizer: { learningRate: 0.015, weightDecay: 0.01 },
  schedule: 'one-cycle',
  budget: { epochs: 12 },
  batchSize: 32,
  workers: 2,
} satisfies Recipe;

/**
 * Settings that belong together.
 *
 * `small`: the small CNN from random weights on 64-pixel images, in minutes on two processor cores. For images in which
 * everything shows (the scenes `observable` and `fluted`): mean R² .951 and .823 from 32,400 images each, trained in 545 and
 * 590 s (benchmarks/results/scenes.json).
 *
 * The network also finds the camera and says how sure it is. Hues are left as they are, as those of a hue wheel tell where the camera
 * stands. The scores above are of before: of the shape alone, with hues turned. With both, on streamed images: `observable` .958 after 20
 * epochs of 32,000 (camera 4.5° off in the median) and .966 after 20 more from there, `fluted` .831 after 12, .872 after 28 more and .883 after 50 more, `study` .761 of the possible .795 over what shows after 14 (2.3°);
 * these ship, see the cards of @kanrecon/pretrained.
 *
 * Tried on 18,000 `observable` images, 5 epochs, R² on validation images: a rate of .005 .875, .008 .889, .012 .893, .02 .894;
 * hues turned .880 at .005 and .894 at .012, where more epochs overfit less; a hidden layer of 128 .869; batches of 64 are a fifth
 * faster an image but learn less: .856 at .007, .880 in 6 epochs at .02. Heads at .012: mlp .878, efficient .892 (.885 at .008), but
 * that one takes 1.7 times as long a step, in which mlp learns more; fast .379 and chebyshev do not come to rest at that rate.
 *
 * On 16,000 `observable` images, 6 epochs, camera too: .896; with the weights' average (decay .998) .891, and behind in the middle, too:
 * one-cycle ends so slowly that there is nothing left to average (and the norms' statistics were those of the weights, see `best`). On images of 32 pixels .867 in three fifths of the time.
 *
 * `best`: `small` for longer, on fresh images without end, with what helps at the same processor time. Measured on budgets of minutes
 * alone, one seed each, on 500 validation images: that it also helps in hours is not known.
 * With 5,000 `observable` images an epoch, one worker, R² at the end, and processor time as the least that an image takes (2.83 ms of 64
 * pixels, 1.55 ms of 32, drawing included) gives it:
 *
 *     small, 6 epochs                                                     .784    85 s
 *     gradients clipped at a norm of 1                                    .705    85 s
 *     7 epochs, the first 2 on 32 pixels                                  .797    86 s
 *     8 epochs, the first 4 on 32 pixels                                  .796    88 s
 *
 * 40, 48 and 56 pixels take more time than 64 do (3.1 to 3.4 ms), as the network stops pooling earlier: no size to begin on.
 *
 * The weights' average, without camera, R² after epochs 3, 4, 5 and 6: weights .558, .647, .676, .703; average (decays .99 and .998, which
 * so few steps do not tell apart) with the norms' statistics as training leaves them .334, .631, .636, .696; with statistics that are averaged like the weights
 * .509, .652, .688, .704; with statistics taken anew .612, .668, .693, .704. So these are taken anew, and a training that is stopped early
 * has the better network. At its end nothing is gained: the same 8 epochs with the average .655, .737, .775 and .790 after the last four,
 * without .625, .705, .775 and .796. So `best`, whose end counts, has none.
 *
 * `study`: what the study "Parametric reconstruction of 3D object with KAN" trained with, and its best network,
 * `EFFNETB0_UNLOCK_DROP_FOURIER_6`, which began with ImageNet's weights (`pretrained` of `startRun`); others of its networks are `modelByName`'s. Its augmentation mirrors images,
 * which keeps the labels of its own scene true and is refused where a twist shows. An epoch took the study 231 s on its GPU.
 */
export const recipes = {
  small,
  best: {
    ...small,
    growth: { sizes: [32] },
    budget: { epochs: 200 },
  },
  study: {
    model: {
      backbone: 'efficientNetB0',
      imageSize: 224,
      head: { type: 'fourierKAN', widths: [], dropout: 0.4 },
    },
    augmentation: [...augmentationSets.study],
    optimizer: { learningRate: 1e-4, weightDecay: 0.01 },
    schedule: 'step',
    budget: { epochs: 100 },
    batchSize: 4,
  },
} satisfies Record<string, Recipe>;

/** Name of one of the {@link recipes}. */
export type RecipeName = keyof typeof recipes;

/** The same as a list. */
export const recipeNames = Object.keys(recipes) as RecipeName[];

/**
 * What a recipe says of training on such images. Those that are streamed are not augmented: none is seen twice, so there is nothing to
 * gain.
 */
export function recipePart(name: RecipeName, kind: ExperimentOptions['data']['kind']): Recipe {
  const { augmentation, ...rest }: Recipe = recipes[name];
  return kind === 'stream' || !augmentation ? rest : { ...rest, augmentation };
}
