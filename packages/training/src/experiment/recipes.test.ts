import { describe, expect, it } from 'vitest';
import { experimentByRecipe } from './experiment-by-recipe.js';
import { mergeExperiment } from './experiment-part.js';
import { parseExperiment } from './parse-experiment.js';
import { recipeNames, recipes } from './recipes.js';

const data = { kind: 'dataset', folder: 'data' } as const;

describe.each(recipeNames)('recipe %s', (name) => {
  it('is all that an experiment needs besides its data', () => {
    const experiment = experimentByRecipe(name, { data });
    expect(experiment).toMatchObject({ ...recipes[name], data });
    expect(parseExperiment({ ...recipes[name], data })).toEqual(experiment);
  });

  it('gives way to what is given, field by field', () => {
    const own = { data, seed: 7, budget: { epochs: 3 }, model: { head: { dropout: 0.2 } }, augmentation: [] };
    const experiment = experimentByRecipe(name, own);
    const { model, ...rest } = recipes[name];
    expect(experiment).toMatchObject({ ...rest, ...own, model: { ...model, head: { ...model.head, dropout: 0.2 } } });
    expect(recipes[name].model.head).not.toHaveProperty('seed');
  });

  it('augments no streamed images, unless that is asked for', () => {
    const stream = { kind: 'stream', epochImages: 100 } as const;
    expect(experimentByRecipe(name, { data: stream }).augmentation).toEqual([]);
    expect(experimentByRecipe(name, { data: stream, augmentation: ['turns'] }).augmentation).toEqual(['turns']);
  });
});

it('merging leaves the parts as they are, and lists whole', () => {
  const first = { model: { head: { widths: [64, 32] } }, batchSize: 4 };
  const merged = mergeExperiment(first, { model: { imageSize: 64, head: { widths: [8] } }, batchSize: undefined });
  expect(merged).toEqual({ model: { imageSize: 64, head: { widths: [8] } }, batchSize: 4 });
  expect(first).toEqual({ model: { head: { widths: [64, 32] } }, batchSize: 4 });
  expect(mergeExperiment()).toEqual({});
});
