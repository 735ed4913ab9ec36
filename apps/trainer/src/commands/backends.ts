import { backendNames } from '@kanrecon/training/names';
import { defineCommand } from '../cli/define-command.js';
import { choice } from '../cli/option-types.js';

/** `kanrecon backends`: what this machine can compute on, and how fast. */
export const backendsCommand = defineCommand({
  name: 'backends',
  about: 'List the backends this machine can use, with a measured training-step time for each',
  options: {
    try: choice({
      about: 'Load and measure only this one, in this process',
      default: 'all',
      of: ['all', ...backendNames],
    }),
  },
  examples: ['kanrecon backends', 'kanrecon backends --json'],
  async run({ options, ui, signal }) {
    const wanted = options.try;
    if (wanted !== 'all') {
      const { measureBackend } = await import('@kanrecon/training/node');
      const trial = await measureBackend(wanted);
      ui.say(trial.usable ? `${wanted}: ${trial.millisecondsPerImage.toFixed(2)} ms per image` : trial.reason);
      return { json: trial, exitCode: trial.usable ? 0 : 2 };
    }
    const { listBackends } = await import('../backends/list-backends.js');
    return { json: await listBackends(ui, signal) };
  },
});
