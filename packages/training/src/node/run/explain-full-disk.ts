import { existsSync } from 'node:fs';
import { TrainingError } from '../../training-error.js';
import { runFolder } from './run-folder.js';

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
};

/** Turns what the system says of a full disk into a TrainingError `disk-full`; `run` is in it if there is one to go on with. */
export function explainFullDisk(out: string) {
  return (error: unknown): never => {
    const { code = '', path = runFolder(out).path } = error as NodeJS.ErrnoException;
    const reason = reasons[code];
    if (!reason) throw error;
    const details = { path, reason, ...(existsSync(runFolder(out).config) && { run: out }) };
    throw new TrainingError('disk-full', details, `startRun: ${path}: ${reason}`, { cause: error });
  };
}
