import { readFile } from 'node:fs/promises';
import type { EpochRecord } from '../../loop/training-state.js';
import type { RunFolder } from './run-folder.js';

/** The epochs of a run so far; none if it has no log yet. */
export async function readRunLog(folder: RunFolder): Promise<EpochRecord[]> {
  const text = await readFile(folder.log, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as EpochRecord);
}
