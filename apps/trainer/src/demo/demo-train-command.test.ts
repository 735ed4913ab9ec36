import { expect, it } from 'vitest';
import { parseArguments } from '../cli/parse-arguments.js';
import { trainCommand } from '../commands/train.js';
import { demoSettings } from './demo-settings.js';
import { demoTrainCommand } from './demo-train-command.js';

it("repeats every one of the demo's settings in flags that train takes", () => {
  const line = demoTrainCommand(demoSettings, { dataset: 'runs/demo/data', out: 'runs/mlp', head: 'mlp', seed: 7 });
  const invocation = parseArguments(line.split(' ').slice(1), [trainCommand], '0.0.0');
  if (invocation.kind === 'printed') throw new Error('train printed its help');
  const { model, training } = demoSettings;
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
  // Any setting that the demo gains must have its flag here too.
  for (const [name, value] of Object.entries(training)) {
    const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    expect(invocation.given).toContain(flag);
    expect(invocation.values[flag]).toBe(value);
  }
});
