import type { Sample } from '../../sample.js';
import { drawsTheSame } from '../package-versions.js';
import type { SynthesisRecipe } from '../synthesis-manifest.js';

/**
 * What made a sample's image:
 *
 * - `drawn`: our renderer, as installed; it draws the same again to the byte
 * - `blender`: Blender, from the label that the recipe draws
 * - `elsewhere`: something else, or another version of our renderer
 */
export type SampleOrigin = 'drawn' | 'blender' | 'elsewhere';

/** Tells what made the samples of a data set, which may hold images of other origin beside those of its recipe. */
export function originsBy(
  recipe: SynthesisRecipe | undefined,
): (sample: Pick<Sample, 'shape' | 'view'>) => SampleOrigin {
  if (!recipe) return () => 'elsewhere';
  const made = recipe.renderer ? 'blender' : drawsTheSame(recipe) ? 'drawn' : 'elsewhere';
  return ({ shape, view }) => (shape < recipe.shapes && view < recipe.viewsPerShape ? made : 'elsewhere');
}
