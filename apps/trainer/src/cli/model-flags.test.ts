import { headTypes, modelByName, studyModels } from '@kanrecon/model';
import { expect, it } from 'vitest';
import { trainCommand } from '../commands/train.js';
import { type ExperimentFlags, experimentFromFlags, withRecipe } from '../data/experiment-flags.js';
import { headFlagNames, headFlags } from './model-flags.js';
import { refuseBesideModel } from './model-option.js';
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

/** The experiment that a line asks for. */
function experimentOf(line: string) {
  const invocation = parse(`train --dataset data --out run ${line}`);
  if (invocation.kind === 'printed') throw new Error('train printed its help');
  const { values, given } = invocation;
  const flags = withRecipe(values as unknown as ExperimentFlags, values['recipe'] as 'none', given);
  return experimentFromFlags(flags, { kind: 'dataset', folder: 'data' });
}

it.each(studyModels)('--model $name is that network, whatever the recipe', ({ name }) => {
  expect(experimentOf(`--model ${name}`).model).toMatchObject(modelByName(name));
  expect(experimentOf(`--recipe study --model ${name}`).model).toMatchObject({ ...modelByName(name), imageSize: 224 });
  const small = experimentOf(`--recipe small --model ${name}`).model;
  expect(small.head).toEqual({ ...modelByName(name).head, uncertainty: 'gaussian' });
});

it('--model says which part of a name is wrong', () => {
  expect(() => parse('train --dataset data --out run --model EFFNETB0_UNLOCK_DROP_FORIER_6')).toThrow(
    `--model: the head in "EFFNETB0_UNLOCK_DROP_FORIER_6" is wrong; expected one of FOURIER, EFFK, CLASSICA, FSTK, FASTER, CHEBYSHEV, JACOBI, LEGENDRE, WAVELET, RATIONAL, CLASSICFOURIER, got "FORIER"; did you mean EFFNETB0_UNLOCK_DROP_FOURIER_6?`,
  );
  expect(() => parse('train --dataset data --out run --model photo')).toThrow(/MOBILENETV3SMALL, got "photo"\.$/);
});

it('--model stands beside no flag that says a part of it', () => {
  const name = 'SMALLCNN_NODROP_CLASSICA_6';
  refuseBesideModel(name, new Set(['model', 'epochs']));
  refuseBesideModel(undefined, new Set(['head']));
  expect(() => refuseBesideModel(name, new Set(['model', 'dropout', 'head']))).toThrow(
    `--model ${name} says the backbone, the head, its widths and its dropout; leave out --head, --dropout, or --model.`,
  );
});
