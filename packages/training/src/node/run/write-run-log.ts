import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { writeAtomically } from '@kanrecon/files/node';
import type { EpochRecord, TrainingState } from '../../loop/training-state.js';
import { recordOf } from '../../run/parse-run-log.js';
import { readLogText } from './read-run-log.js';
import type { RunFolder } from './run-folder.js';

/** Brings `log.jsonl` in line with a checkpoint, which is the truth. */
export async function writeRunLog({ log }: RunFolder, { history }: TrainingState): Promise<void> {
  if (history.length === 0) await rm(log, { force: true });
  else await writeAtomically(log, history.map(lineOf).join(''));
}

/**
 * The same of a log that was found: epochs in it that the checkpoint knows nothing of are kept in a copy.
 *
 * @returns the copy's name, if there is one
 */
export async function mendRunLog(folder: RunFolder, state: TrainingState): Promise<string | undefined> {
  const text = await readLogText(folder);
  if (text === state.history.map(lineOf).join('')) return undefined;
  const known = new Set(state.history.map(contentOf));
  const isMore = text.split('\n').some((line) => {
    const record = line === '' ? '' : recordOf(line);
    return typeof record !== 'string' && !known.has(contentOf(record));
  });
  const copy = isMore ? freeName(folder) : undefined;
  // Of its bytes, whatever they are: the text that was read may have lost some.
  if (copy) await writeAtomically(copy, await readFile(folder.log));
  await writeRunLog(folder, state);
  return copy && basename(copy);
}

function lineOf(record: EpochRecord): string {
  return `${JSON.stringify(record)}\n`;
}

/** Without what may become untrue. */
function contentOf(record: EpochRecord): string {
  return lineOf({ ...record, best: false });
}

/** `log.1.jsonl`, or the next that is free. */
function freeName({ path }: RunFolder): string {
  for (let n = 1; ; n++) {
    const name = join(path, `log.${n}.jsonl`);
    if (!existsSync(name)) return name;
  }
}
