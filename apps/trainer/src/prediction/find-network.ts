import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { findModel, type ModelPlace } from '@kanrecon/training/node';
import { UserError } from '../cli/user-error.js';
import { localPath } from './local-path.js';

/**
 * Where a trained network lies, found without loading it: a run's folder, a model's, a zip file of one, the address of one; also
 * `file:///…`.
 *
 * @param named whether `--checkpoint` was given, which only a run has a choice for
 * @returns the place, as `loadModel` takes it
 * @throws UserError, TrainingError if there is none, or none with that choice
 */
export async function findNetwork(word: string, checkpoint: 'best' | 'last', named: boolean): Promise<ModelPlace> {
  const place = /^https?:\/\//i.test(word) ? word : localPath(word, 'a network is read from a folder or from http');
  const run = runAround(place);
  if (run !== undefined && !existsSync(join(place, 'model.json'))) {
    const state = existsSync(place) ? 'is not whole' : 'is not there';
    throw new UserError(`${word}: this checkpoint ${state}; give the run ${run}, which has what else there is.`);
  }
  const found = await findModel(place, checkpoint);
  if (named && found.kind !== 'run') {
    const choice = run === undefined ? '' : `, or give the run ${run}`;
    throw new UserError(
      `${word} is a model by itself, not a run with two checkpoints; leave --checkpoint out${choice}.`,
    );
  }
  return found;
}

/** The run whose checkpoint a path is, by its name and what lies beside it. */
function runAround(place: string): string | undefined {
  const path = resolve(place);
  const isRun = ['best', 'last'].includes(basename(path)) && existsSync(join(dirname(path), 'config.json'));
  return isRun ? relative('.', dirname(path)) || '.' : undefined;
}
