import { parseReconstructorConfig } from '@kanrecon/model';
import { type ExperimentOptions, experimentByRecipe, parseExperiment, recipeNames } from '@kanrecon/training';
import { describe, expect, it } from 'vitest';
import { parseArguments } from '../cli/parse-arguments.js';
import { trainCommand } from '../commands/train.js';
import { experimentFromFlags, experimentOptions, flagsOfExperiment, withRecipe } from './experiment-flags.js';

it('a flag that names augmentations once or twice means the same', () => {
  expect(trainCommand.options['augment']?.parse('mirror, mirror,hue')).toBe('mirror,hue');
  expect(trainCommand.options['augment']?.parse('none')).toBe('none');
  expect(trainCommand.options['augment']?.parse('none,hue')).toBeUndefined();
});

/** What `--recipe` gives, by the flags that would give the same. */
const small = {
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
  uncertainty: 'gaussian',
  camera: true,
  backend: 'wasm',
  workers: 2,
};

const recipeValues = {
  small,
  best: { ...small, epochs: 200, 'grow-sizes': [32] },
  study: {
    backbone: 'efficientnet',
    head: 'fourier',
    widths: [],
    dropout: 0.4,
    epochs: 100,
    'batch-size': 4,
    'image-size': 224,
    'learning-rate': 1e-4,
    'weight-decay': 0.01,
    schedule: 'step',
    augment: 'mirror,rotate,color,hue',
  },
};

function valuesOf(line: string) {
  const invocation = parseArguments(line.split(' '), [trainCommand], '0.0.0');
  if (invocation.kind === 'printed') throw new Error('train printed its help');
  return invocation;
}

describe.each(recipeNames)('recipe %s', (name) => {
  const recipe = recipeValues[name];

  it('is made of flags and values that train takes', () => {
    for (const [flag, value] of Object.entries(recipe)) {
      expect(trainCommand.options[flag]?.parse(String(value)), flag).toEqual(value);
    }
  });

  it('gives way to the flags that are given', () => {
    const { values, given } = valuesOf(`train --recipe ${name} --epochs 3 --backbone efficientnet --out r`);
    const options = withRecipe(values, name, given);
    expect(options).toEqual({ ...values, ...recipe, epochs: 3, backbone: 'efficientnet' });
    const streamed = withRecipe(values, name, new Set(['stream']));
    expect(streamed).toMatchObject({ augment: 'none', camera: name !== 'study' });
    const without = valuesOf(`train --recipe ${name} --no-camera --out r`);
    expect(withRecipe(without.values, name, without.given)).toMatchObject({
      camera: false,
      uncertainty: name === 'study' ? 'none' : 'gaussian',
    });
    expect(withRecipe(values, 'none', given)).toEqual(values);
  });

  it('is the same experiment by flags as in the library', () => {
    const { values, given } = valuesOf(`train --recipe ${name} --out r`);
    const data = { kind: 'dataset', folder: 'data' } as const;
    const made = experimentFromFlags(
      withRecipe(values, name, given) as Parameters<typeof experimentFromFlags>[0],
      data,
    );
    const whole = (given: ExperimentOptions) => {
      const experiment = parseExperiment(given);
      return { ...experiment, model: parseReconstructorConfig(experiment.model) };
    };
    expect(whole(made)).toEqual(whole(experimentByRecipe(name, { data })));
  });
});

it('every flag reads what it has written, and its words give the same value again', () => {
  // Of those that say nothing where they are not given.
  const examples: Record<string, unknown[]> = {
    'step-epochs': [5],
    'step-gamma': [0.5],
    'backbone-rate': [1e-5],
    'clip-norm': [0.5],
    'average-decay': [0.99],
    'grow-sizes': [[32, 48]],
    'grow-share': [0.5],
  };
  for (const [name, spec] of Object.entries(experimentOptions)) {
    // A network's name is written as all that it means, which other flags read.
    if (name === 'model') continue;
    // Sets of augmentations are read as their parts.
    const values = (spec.words ?? examples[name] ?? [spec.default]).filter(
      (value) => value !== 'dihedral' && value !== 'study',
    );
    for (const value of values) {
      const all = { ...valuesOf('train --out r').values, [name]: value };
      const made = experimentFromFlags(all as Parameters<typeof experimentFromFlags>[0], {
        kind: 'dataset',
        folder: 'x',
      });
      const word = flagsOfExperiment(made)[name as keyof typeof experimentOptions]!;
      expect(spec.parse(word), `--${name} ${word}`).toEqual(value);
    }
  }
  expect(flagsOfExperiment({})).toEqual({});
});
