import { isDeepStrictEqual } from 'node:util';
import { mergeExperiment, parseExperiment, recipeNames, recipePart } from '@kanrecon/training';

/**
 * The `kanrecon train` line that trains an experiment again.
 *
 * @param {import('@kanrecon/training').Experiment} experiment
 * @param {{ name: string }} scene
 * @param {number | undefined} validationImages
 * @param {string | undefined} given the line where it cannot be told: of images from disk, or of another recipe
 * @param {string | undefined} before the lines that train what it began from
 */
export function trainCommand(experiment, scene, validationImages, given, before) {
  const { data, seed, budget, workers, optimizer } = experiment;
  const { folder: _, ...drawn } = data;
  const { learningRate } = optimizer;
  const own = { budget, seed, workers, optimizer: { learningRate }, data: drawn };
  // What it began from says the network.
  const known = before !== undefined && { model: experiment.model };
  const partOf = (name) => ({ ...recipePart(name, data.kind), ...known });
  const recipe = recipeNames.find((name) =>
    isDeepStrictEqual(
      parseExperiment(mergeExperiment(partOf(name), own)),
      parseExperiment({ ...experiment, data: drawn }),
    ),
  );
  if (given) return { recipe: recipe ?? 'none', words: given };
  if (!recipe || data.kind !== 'stream') {
    throw new Error(
      'its settings are of no recipe on streamed images; give the command that trains it again: --command "npx kanrecon train …"',
    );
  }
  const usual = recipePart(recipe, data.kind).optimizer.learningRate;
  const begun = before?.match(/--out (\S+)$/)?.[1];
  const flags = {
    ...(begun !== undefined && { 'init-from': begun }),
    recipe,
    ...(learningRate !== usual && { 'learning-rate': learningRate }),
    stream: scene.name,
    'epoch-images': data.epochImages,
    ...(validationImages !== undefined && { 'val-images': validationImages }),
    epochs: budget.epochs,
    workers,
    seed,
    out: begun === undefined ? `runs/${scene.name}` : `${begun}-more`,
  };
  const words = Object.entries(flags).map(([name, value]) => `--${name} ${value}`);
  const line = `npx kanrecon train ${words.join(' ')}`;
  return { recipe, words: before === undefined ? line : `${before}\n${line}` };
}
