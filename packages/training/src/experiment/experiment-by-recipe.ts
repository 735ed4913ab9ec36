import type { Experiment, ExperimentOptions } from './experiment.js';
import { type ExperimentPart, mergeExperiment } from './experiment-part.js';
import { parseExperiment } from './parse-experiment.js';
import { type RecipeName, recipePart } from './recipes.js';

/**
 * An experiment by a recipe, and what is given in its place.
 *
 * @param own the data to train on, and fields that override the recipe's, at any depth
 * @throws TrainingError `wrong-experiment` as `parseExperiment`
 */
export function experimentByRecipe(
  name: RecipeName,
  own: ExperimentPart & Pick<ExperimentOptions, 'data'>,
): Experiment {
  return parseExperiment(mergeExperiment(recipePart(name, own.data.kind), own));
}
