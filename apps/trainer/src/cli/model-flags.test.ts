import { headTypes } from '@kanrecon/model';
import { expect, it } from 'vitest';
import { trainCommand } from '../commands/train.js';
import { headFlagNames, headFlags } from './model-flags.js';
import { parseArguments } from './parse-arguments.js';

const parse = (line: string) => parseArguments(line.split(' '), [trainCommand], '0.0.0');

it('--head has a word for every head of the model', () => {
  expect(Object.values(headFlags).sort()).toEqual([...headTypes].sort());
  for (const head of headFlagNames) {
    const invocation = parse(`train --dataset data --out run --head ${head}`);
    if (invocation.kind === 'printed') throw new Error('train printed its help');
    expect(invocation.values['head']).toBe(head);
  }
});

it('--head says which words it knows', () => {
  expect(() => parse('train --dataset data --out run --head fastr')).toThrow(
    `--head takes one of ${headFlagNames.join(', ')}, but got "fastr"; did you mean "fast"?`,
  );
});
