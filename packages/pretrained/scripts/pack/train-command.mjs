import { isDeepStrictEqual } from 'node:util';
import { mergeExperiment, parseExperiment, recipeNames, recipePart } from '@kanrecon/training';

/**
 * The `kanrecon train` line that trains an experiment again.
 *
 * @param {import('@kanrecon/training').Experiment} experiment
 * @param {{ name: string }} scene
 * @param {number | undefined} validationImages
 * @param {string | undefined} given the line where it cannot be told: of images from disk, or of another recipe
 */
export function trainCommand(experiment, scene, validationImages, given) {
  const { data, seed, budget, workers } = experiment;
  const { folder: _, ...drawn } = data;
  const own = { budget, seed, workers, data: drawn };
  const recipe = recipeNames.find((name) =>
    isDeepStrictEqual(
      parseExperiment(mergeExperiment(recipePart(name, data.kind), own)),
      parseExperiment({ ...experiment, data: drawn }),
    ),
  );
  if (given) return { recipe: recipe ?? 'none', words: given };
  if (!recipe || data.kind !== 'stream') {
    throw new Error(
      'its settings are of no recipe on streamed images; give the command that trains it again: --command "npx kanrecon train …"',
    );
  }
  const flags = {
    recipe,
    stream: scene.name,
    'epoch-images': data.epochImages,
    ...(validationImages !== undefined && { 'val-images': validationImages }),
    epochs: budget.epochs,
    workers,
    seed,
    out: `runs/${scene.name}`,
  };
  const words = Object.entries(flags).map(([name, value]) => `--${name} ${value}`);
  return { recipe, words: `npx kanrecon train ${words.join(' ')}` };
}
