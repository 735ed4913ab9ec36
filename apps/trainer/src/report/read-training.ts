import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileErrorFacts } from '@kanrecon/files/node';
import { type EpochRecord, TrainingError } from '@kanrecon/training';
import { type RunFolder, type RunSummary, readRunLog, readRunSummary } from '@kanrecon/training/node';

/** What a run's files tell of its training. */
export interface TrainingTold {
  readonly history: readonly EpochRecord[];
  readonly summary?: RunSummary;
  /** What they do not tell, and why, in sentences. */
  readonly notes: readonly string[];
}

/** Reads a run's log and summary; neither of them stops a report that can do without. */
export async function readTraining(folder: RunFolder): Promise<TrainingTold> {
  const { history, note } = await readHistory(folder);
  const summary = await readRunSummary(folder);
  const notes = note === undefined ? [] : [note];
  const metrics = basename(folder.metrics);
  if (!summary) {
    const why = existsSync(folder.metrics)
      ? `${metrics} of the run is damaged`
      : `the run has no ${metrics}, which is written when training ends`;
    notes.push(`How long training took is not known: ${why}.`);
  }
  return { history, ...(summary && { summary }), notes };
}

async function readHistory(folder: RunFolder): Promise<{ history: EpochRecord[]; note?: string }> {
  const log = basename(folder.log);
  const without = (why: string) => ({ history: [], note: `The curves of training are not known: ${why}.` });
  let damage: string | undefined;
  try {
    const history = await readRunLog(folder, (why) => {
      damage = why;
    });
    if (damage !== undefined) {
      return {
        history,
        note: `In ${log} of the run, ${damage}; the curves are those of the last checkpoint.`,
      };
    }
    if (history.length > 0) return { history };
    return without(existsSync(folder.log) ? `${log} of the run is empty` : `the run has no ${log}`);
  } catch (error) {
    if (error instanceof TrainingError && error.is('unusable-run')) {
      return without(`in ${log} of the run, ${damage ?? error.details.reason}`);
    }
    const facts = fileErrorFacts(error);
    if (!facts) throw error;
    return without(`${log} of the run: ${facts.reason ?? `it cannot be read (${facts.code})`}`);
  }
}
