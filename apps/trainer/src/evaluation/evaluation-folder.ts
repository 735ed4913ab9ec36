import { createHash } from 'node:crypto';
import { basename, join, resolve } from 'node:path';
import type { Split } from '@kanrecon/dataset';
import { type ModelPlace, readRunConfig } from '@kanrecon/training/node';
import { portablePath } from '../data/portable-path.js';
import { realPath } from '../data/real-path.js';

/** What is evaluated, beside the run. */
export interface EvaluatedPart {
  /** Folder of the data set. */
  readonly dataset: string;
  readonly split: Split;
  readonly checkpoint: 'best' | 'last';
}

/** A run, as `findModel` finds it. */
export type RunPlace = Pick<ModelPlace & { kind: 'run' }, 'folder' | 'config'>;

/** Digits that tell data sets of one name apart. */
const digits = 8;

/**
 * The folder in a run for an evaluation's files. No two evaluations share one: its name is that of data set and split; of a data set that
 * the run was not trained on it tells the place, as seen from the run, and of the checkpoint that it is not the best.
 *
 * @throws TrainingError `unusable-run` if the run's configuration cannot be read
 */
export async function evaluationFolder(
  { folder: run, config }: RunPlace,
  { dataset, split, checkpoint }: EvaluatedPart,
): Promise<string> {
  const { folder: own } = (await readRunConfig(run, config)).experiment.data;
  const path = realPath(dataset);
  const isOwn = own !== undefined && realPath(own) === path;
  const parts = [
    basename(resolve(dataset)),
    ...(isOwn ? [] : [digest(portablePath(realPath(run.path), path))]),
    split,
    ...(checkpoint === 'best' ? [] : [checkpoint]),
  ];
  return join(run.path, 'evaluation', parts.filter(Boolean).join('-'));
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits);
}
