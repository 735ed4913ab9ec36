/** Settings that belong together, by the names of `kanrecon train`'s flags. */
export type Recipe = Readonly<Record<string, string | number | readonly number[]>>;

/**
 * Values of `--recipe`, each a set of defaults that flags of one's own override.
 *
 * `small`: the small CNN from random weights on 64-pixel images, in minutes on two processor cores. For images in which
 * everything shows (the presets `observable` and `fluted`): mean R² .945 and .820 from 32,400 images each, rendering included
 * in 495 and 481 s (benchmarks/results/presets.json). A rate of .002 learned far less in as many steps.
 */
export const recipes = {
  small: {
    backbone: 'small',
    head: 'mlp',
    widths: [],
    dropout: 0,
    epochs: 10,
    'batch-size': 32,
    'image-size': 64,
    'learning-rate': 5e-3,
    'weight-decay': 0.01,
    schedule: 'one-cycle',
    augment: 'none',
    backend: 'wasm',
    workers: 2,
  },
} as const satisfies Record<string, Recipe>;

/** `none` leaves every flag at its own default. */
export const recipeNames = ['none', ...(Object.keys(recipes) as (keyof typeof recipes)[])] as const;

/**
 * The options with the recipe's values where no flag was given.
 *
 * @param given names of the flags that were given
 */
export function withRecipe<T extends object>(
  options: T,
  name: (typeof recipeNames)[number],
  given: ReadonlySet<string>,
): T {
  const recipe: Recipe = name === 'none' ? {} : recipes[name];
  return { ...options, ...Object.fromEntries(Object.entries(recipe).filter(([flag]) => !given.has(flag))) };
}
