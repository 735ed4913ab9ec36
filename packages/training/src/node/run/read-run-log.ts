import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type EpochRecord, fromJson } from '../../loop/training-state.js';
import { parseRunLog } from '../../run/parse-run-log.js';
import { TrainingError } from '../../training-error.js';
import type { RunFolder } from './run-folder.js';

/**
 * The epochs of a run so far; none if it has no log yet. Of a log that is damaged the last checkpoint is asked, which knows the same.
 *
 * @param onDamaged told in words which line is damaged, before the last checkpoint is asked
 * @throws TrainingError `unusable-run` naming the line, if that does not know either
 */
export async function readRunLog(
  folder: RunFolder,
  onDamaged: (reason: string) => void = () => {},
): Promise<EpochRecord[]> {
  const { history, damage } = parseRunLog(await readLogText(folder));
  if (damage === undefined) return [...history];
  onDamaged(damage);
  return (await historyOfLast(folder)) ?? damaged(folder, damage);
}

/** What `log.jsonl` holds; nothing if there is none yet. */
export async function readLogText({ log }: RunFolder): Promise<string> {
  return readFile(log, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
}

async function historyOfLast({ last }: RunFolder): Promise<EpochRecord[] | undefined> {
  try {
    const state = fromJson(JSON.parse(await readFile(join(last, 'config.json'), 'utf8')).extra);
    return typeof state === 'string' ? undefined : state.history;
  } catch {
    return undefined;
  }
}

function damaged({ log: file }: RunFolder, what: string): never {
  const reason = `${what}; a training that goes on writes this file anew`;
  throw new TrainingError('unusable-run', { file, reason }, `readRunLog: ${file}: ${reason}`);
}
