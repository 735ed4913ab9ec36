import { existsSync } from 'node:fs';
import { fileErrorFacts } from '@kanrecon/files/node';
import { TrainingError } from '../../training-error.js';
import { runFolder } from './run-folder.js';

/** Turns what the system says of a full disk into a TrainingError `disk-full`; `run` is in it if there is one to go on with. */
export function explainFullDisk(out: string) {
  return (error: unknown): never => {
    const facts = fileErrorFacts(error);
    if (!facts?.outOfSpace || facts.reason === undefined) throw error;
    const { reason, path = runFolder(out).path } = facts;
    const details = { path, reason, ...(existsSync(runFolder(out).config) && { run: out }) };
    throw new TrainingError('disk-full', details, `startRun: ${path}: ${reason}`, { cause: error });
  };
}
