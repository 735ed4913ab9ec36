import { expect, it } from 'vitest';
import { parseArguments } from '../cli/parse-arguments.js';
import { trainCommand } from '../commands/train.js';
import { type ExperimentFlags, experimentFromFlags, flagsOfExperiment } from '../data/experiment-flags.js';
import { demoSettings } from './demo-settings.js';
import { demoTrainCommand } from './demo-train-command.js';

it("repeats every one of the demo's settings in flags that train takes", () => {
  const line = demoTrainCommand(demoSettings, { dataset: 'runs/demo/data', out: 'runs/mlp', head: 'mlp', seed: 7 });
  const invocation = parseArguments(line.split(' ').slice(1), [trainCommand], '0.0.0');
  if (invocation.kind === 'printed') throw new Error('train printed its help');
  const { model, ...rest } = demoSettings.experiment;
  expect(invocation.values).toMatchObject({
    dataset: 'runs/demo/data',
    out: 'runs/mlp',
    backbone: 'squeezenet',
    head: 'mlp',
    widths: model.head?.widths,
    dropout: model.head?.dropout,
    'image-size': model.imageSize,
    seed: 7,
  });
  const flags = invocation.values as unknown as ExperimentFlags;
  const made = experimentFromFlags(flags, { kind: 'dataset', folder: 'x' });
  // Any setting that the demo gains must have its flag here too.
  expect(made).toMatchObject({ ...rest, model: { ...model, head: { ...model.head, type: 'mlp' } } });
  for (const [flag, value] of Object.entries(flagsOfExperiment(demoSettings.experiment))) {
    if (value !== undefined) expect(invocation.given).toContain(flag);
  }
});
