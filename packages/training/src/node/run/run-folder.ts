import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeFolder } from '@kanrecon/files/node';
import { TrainingError } from '../../training-error.js';

/** Where the parts of a run lie. */
export interface RunFolder {
  path: string;
  /** What was asked for; see {@link RunConfig}. */
  config: string;
  /** One JSON object a line, one line an epoch. */
  log: string;
  /** The checkpoint with the lowest validation loss. */
  best: string;
  /** The newest checkpoint, with all that resuming needs. */
  last: string;
  /** The best checkpoint's validation metrics, written when training ends. */
  metrics: string;
}

/** The layout of a run folder. */
export function runFolder(path: string): RunFolder {
  const at = (name: string) => join(resolve(path), name);
  return {
    path: resolve(path),
    config: at('config.json'),
    log: at('log.jsonl'),
    best: at('best'),
    last: at('last'),
    metrics: at('metrics.json'),
  };
}

/** Whether a checkpoint is there, be it the previous one of a save that was cut off. */
export function hasCheckpoint(folder: RunFolder, checkpoint: 'best' | 'last'): boolean {
  return existsSync(folder[checkpoint]) || existsSync(`${folder[checkpoint]}.previous`);
}

/** @throws TrainingError `no-run` or `no-checkpoint` unless the folder is a run (with a checkpoint of that kind, if one is named) */
export async function openRunFolder(path: string, checkpoint?: 'best' | 'last'): Promise<RunFolder> {
  const folder = runFolder(path);
  if (!existsSync(folder.path)) {
    throw new TrainingError('no-run', { path, exists: false }, `openRunFolder: there is no run folder ${path}`);
  }
  if (!existsSync(folder.config)) {
    const order = checkpoint === 'last' ? (['last', 'best'] as const) : (['best', 'last'] as const);
    const checkpoints = order.filter((which) => hasCheckpoint(folder, which));
    const parts = [
      ...checkpoints,
      ...['log.jsonl', 'metrics.json'].filter((name) => existsSync(join(folder.path, name))),
    ];
    const message = `openRunFolder: ${path} is no run folder; expected one with a config.json`;
    throw new TrainingError('no-run', { path, exists: true, checkpoints, parts }, message);
  }
  if (checkpoint && !hasCheckpoint(folder, checkpoint)) {
    const message = `openRunFolder: ${path} has no ${checkpoint} checkpoint`;
    const other = checkpoint === 'best' ? ('last' as const) : ('best' as const);
    const details = { path, checkpoint, ...(hasCheckpoint(folder, other) && { other }), lost: hasLog(folder) };
    throw new TrainingError('no-checkpoint', details, message);
  }
  return folder;
}

/** Whether an epoch has been trained. */
function hasLog({ log }: RunFolder): boolean {
  return existsSync(log) && statSync(log).size > 0;
}

/** @throws TrainingError `run-exists` if the folder holds a run, or parts of one */
export async function createRunFolder(path: string): Promise<RunFolder> {
  const folder = runFolder(path);
  if (existsSync(folder.config)) {
    throw new TrainingError('run-exists', { path, parts: [] }, `createRunFolder: ${path} holds a run already`);
  }
  await makeFolder(folder.path);
  const present = (await readdir(folder.path)).filter((name) =>
    ['best', 'last', 'log.jsonl', 'metrics.json'].includes(name),
  );
  if (present.length > 0) {
    const message = `createRunFolder: ${path} holds parts of another run: ${present.join(', ')}`;
    throw new TrainingError('run-exists', { path, parts: present }, message);
  }
  return folder;
}
