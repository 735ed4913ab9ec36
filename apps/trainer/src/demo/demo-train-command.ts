import type { HeadFlag } from '../cli/model-flags.js';
import { flagsOfExperiment } from '../data/experiment-flags.js';
import type { DemoSettings } from './demo-settings.js';

export interface DemoTrainCommandOptions {
  dataset: string;
  out: string;
  head: HeadFlag;
  seed: number;
}

/** The `kanrecon train` line that trains as the demo does, but for the head. Every setting is spelled out. */
export function demoTrainCommand(
  { experiment }: DemoSettings,
  { dataset, out, head, seed }: DemoTrainCommandOptions,
): string {
  const flags = { dataset, out, ...flagsOfExperiment(experiment), head, seed };
  const words = Object.entries(flags).flatMap(([name, value]) => (value === undefined ? [] : [word(name, `${value}`)]));
  return `kanrecon train ${words.join(' ')}`;
}

/** A switch has no value. */
function word(name: string, value: string): string {
  if (value === 'true') return `--${name}`;
  return value === 'false' ? `--no-${name}` : `--${name} ${value}`;
}
