import { type Recipe, recipes, withRecipe } from '@kanrecon/training';
import { describe, expect, it } from 'vitest';
import { parseArguments } from '../cli/parse-arguments.js';
import { trainCommand } from '../commands/train.js';

it('a flag that names augmentations once or twice means the same', () => {
  expect(trainCommand.options['augment']?.parse('mirror, mirror,hue')).toBe('mirror,hue');
  expect(trainCommand.options['augment']?.parse('none')).toBe('none');
  expect(trainCommand.options['augment']?.parse('none,hue')).toBeUndefined();
});

describe.each(Object.entries<Recipe>(recipes))('recipe %s', (name, recipe) => {
  it('is made of flags and values that train takes', () => {
    for (const [flag, value] of Object.entries(recipe)) {
      expect(trainCommand.options[flag]?.parse(String(value)), flag).toEqual(value);
    }
  });

  it('gives way to the flags that are given', () => {
    const line = `train --recipe ${name} --epochs 3 --backbone efficientnet --out r`;
    const invocation = parseArguments(line.split(' '), [trainCommand], '0.0.0');
    if (invocation.kind === 'printed') throw new Error('train printed its help');
    const options = withRecipe(invocation.values, name as keyof typeof recipes, invocation.given);
    expect(options).toEqual({ ...invocation.values, ...recipe, epochs: 3, backbone: 'efficientnet' });
    const streamed = withRecipe(invocation.values, name as keyof typeof recipes, new Set(['stream']));
    expect(streamed).toMatchObject({ augment: 'none' });
    expect(withRecipe(invocation.values, 'none', invocation.given)).toEqual(invocation.values);
  });
});
