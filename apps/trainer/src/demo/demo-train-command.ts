import { backboneFlags, type HeadFlag } from '../cli/model-flags.js';
import type { DemoSettings } from './demo-settings.js';

export interface DemoTrainCommandOptions {
  dataset: string;
  out: string;
  head: HeadFlag;
  seed: number;
}

/** The `kanrecon train` line that trains as the demo does, but for the head. Every setting is spelled out. */
export function demoTrainCommand(
  settings: DemoSettings,
  { dataset, out, head, seed }: DemoTrainCommandOptions,
): string {
  const { model, training } = settings;
  const backbone = Object.entries(backboneFlags).find(([, name]) => name === model.backbone)?.[0];
  const flags: Record<string, unknown> = {
    dataset,
    out,
    backbone,
    head,
    widths: model.head?.widths?.join(','),
    dropout: model.head?.dropout,
    'image-size': model.imageSize,
    epochs: training.epochs,
    'batch-size': training.batchSize,
    'learning-rate': training.learningRate,
    'weight-decay': training.weightDecay,
    schedule: training.schedule,
    augment: training.augment,
    seed,
  };
  const words = Object.entries(flags).flatMap(([name, value]) => (value === undefined ? [] : [`--${name} ${value}`]));
  return `kanrecon train ${words.join(' ')}`;
}
