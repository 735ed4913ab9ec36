import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeFolder } from '@kanrecon/files/node';
import { UserError } from 'kanrecon';

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

/** @throws UserError unless the folder is a run (with a checkpoint of that kind, if one is named) */
export async function openRunFolder(path: string, checkpoint?: 'best' | 'last'): Promise<RunFolder> {
  const folder = runFolder(path);
  if (!existsSync(folder.path)) throw new UserError(`there is no run folder ${path}; "kanrecon train" makes one.`);
  if (!existsSync(folder.config)) {
    throw new UserError(`${path} is no run folder (it has no config.json); expected one made by "kanrecon train".`);
  }
  if (checkpoint && !hasCheckpoint(folder, checkpoint)) {
    throw new UserError(
      `${path} has no ${checkpoint} checkpoint yet; go on with its training: kanrecon train --out ${path} --resume. If its loss was no number any more, delete the folder and train again with a lower --learning-rate.`,
    );
  }
  return folder;
}

/** @throws UserError if the folder holds something already */
export async function createRunFolder(path: string): Promise<RunFolder> {
  const folder = runFolder(path);
  if (existsSync(folder.config)) {
    throw new UserError(`${path} holds a run already; continue it with --resume or choose another --out.`);
  }
  await makeFolder(folder.path);
  const present = (await readdir(folder.path)).filter((name) => ['best', 'last', 'log.jsonl'].includes(name));
  if (present.length > 0)
    throw new UserError(`${path} holds parts of another run (${present.join(', ')}); choose another --out.`);
  return folder;
}
