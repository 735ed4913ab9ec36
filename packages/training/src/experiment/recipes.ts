/** Settings that belong together, by the names of `kanrecon train`'s flags. */
export type Recipe = Readonly<Record<string, string | number | readonly number[]>>;

/**
 * Values of `--recipe`, each a set of defaults that flags of one's own override.
 *
 * `small`: the small CNN from random weights on 64-pixel images, in minutes on two processor cores. For images in which
 * everything shows (the scenes `observable` and `fluted`): mean R² .951 and .823 from 32,400 images each, trained in 545 and
 * 590 s (benchmarks/results/scenes.json).
 *
 * With streamed images hues are left as they are, see {@link withRecipe}.
 *
 * Tried on 18,000 `observable` images, 5 epochs, R² on validation images: a rate of .005 .875, .008 .889, .012 .893, .02 .894;
 * hues turned .880 at .005 and .894 at .012, where more epochs overfit less; a hidden layer of 128 .869; batches of 64 are a fifth
 * faster an image but learn less: .856 at .007, .880 in 6 epochs at .02. Heads at .012: mlp .878, efficient .892 (.885 at .008), but
 * that one takes 1.7 times as long a step, in which mlp learns more; fast .379 and chebyshev do not come to rest at that rate.
 */
export const recipes = {
  small: {
    backbone: 'small',
    head: 'mlp',
    widths: [],
    dropout: 0,
    epochs: 12,
    'batch-size': 32,
    'image-size': 64,
    'learning-rate': 0.015,
    'weight-decay': 0.01,
    schedule: 'one-cycle',
    augment: 'hue',
    backend: 'wasm',
    workers: 2,
  },
} as const satisfies Record<string, Recipe>;

/** `none` leaves every flag at its own default. */
export const recipeNames = ['none', ...(Object.keys(recipes) as (keyof typeof recipes)[])] as const;

/**
 * The options with the recipe's values where no flag was given. Images that are streamed are not augmented unless a flag says so:
 * none is seen twice, so there is nothing to gain.
 *
 * @param given names of the flags that were given
 */
export function withRecipe<T extends object>(
  options: T,
  name: (typeof recipeNames)[number],
  given: ReadonlySet<string>,
): T {
  const recipe: Recipe = name === 'none' ? {} : recipes[name];
  const kept = (flag: string) => given.has(flag) || (flag === 'augment' && given.has('stream'));
  return { ...options, ...Object.fromEntries(Object.entries(recipe).filter(([flag]) => !kept(flag))) };
}
