import { type ExperimentOptions, parseAugmentations, type scheduleNames } from '@kanrecon/training';
import { backboneFlags, type HeadFlag, headFlags } from '../cli/model-flags.js';

/** The flags of `kanrecon train` that an experiment is made of. */
export interface ExperimentFlags {
  readonly backbone: keyof typeof backboneFlags;
  readonly head: HeadFlag;
  readonly widths: readonly number[];
  readonly dropout: number;
  readonly epochs: number;
  readonly 'batch-size': number;
  readonly 'image-size': number;
  readonly 'learning-rate': number;
  readonly 'weight-decay': number;
  readonly schedule: (typeof scheduleNames)[number];
  readonly augment: string;
  readonly seed: number;
  readonly workers: number;
}

/** The experiment that flags ask for. */
export function experimentFromFlags(flags: ExperimentFlags, data: ExperimentOptions['data']): ExperimentOptions {
  const { backbone, head, widths, dropout, epochs, schedule, augment, seed, workers } = flags;
  return {
    model: {
      backbone: backboneFlags[backbone],
      head: { type: headFlags[head], widths: [...widths], dropout },
      imageSize: flags['image-size'],
    },
    data,
    augmentation: parseAugmentations(augment) ?? [],
    optimizer: { learningRate: flags['learning-rate'], weightDecay: flags['weight-decay'] },
    schedule,
    budget: { epochs },
    batchSize: flags['batch-size'],
    seed,
    workers,
  };
}

/** The inverse: the flags that ask for an experiment, but for its data. What the experiment leaves out is left out. */
export function flagsOfExperiment(
  experiment: Omit<ExperimentOptions, 'data'>,
): Partial<Record<keyof ExperimentFlags, unknown>> {
  const { model, augmentation = [], optimizer, budget, batchSize, schedule, seed, workers } = experiment;
  const flagOf = (names: Readonly<Record<string, string>>, value: string | undefined) =>
    Object.entries(names).find(([, name]) => name === value)?.[0];
  return {
    backbone: flagOf(backboneFlags, model.backbone),
    head: flagOf(headFlags, model.head?.type),
    widths: model.head?.widths?.join(','),
    dropout: model.head?.dropout,
    'image-size': model.imageSize,
    epochs: budget.epochs,
    'batch-size': batchSize,
    'learning-rate': optimizer.learningRate,
    'weight-decay': optimizer.weightDecay,
    schedule,
    augment: augmentation.join(',') || 'none',
    seed,
    workers,
  };
}
