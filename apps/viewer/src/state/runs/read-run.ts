import { mean, parseRunLog, parseRunSummary } from '@kanrecon/training/report';
import type { ViewerEvaluation, ViewerRun } from './viewer-run.js';

/** The text of a run's own files; what is not there is undefined. */
export interface RunText {
  readonly log?: string;
  readonly metrics?: string;
}

/** What a run's files tell of its training, and in sentences what they do not. */
export function readTraining({ log, metrics }: RunText): Pick<ViewerRun, 'history' | 'summary' | 'notes'> {
  const { history, damage } = log === undefined ? { history: [] } : parseRunLog(log);
  const summary = metrics === undefined ? undefined : parseRunSummary(metrics);
  const notes: string[] = [];
  if (damage !== undefined) {
    const shown = history.length === 0 ? 'there are no curves' : `the curves end before it`;
    notes.push(`In log.jsonl, ${damage}; ${shown}.`);
  } else if (log === undefined) notes.push('The curves of training are not known: there is no log.jsonl.');
  else if (history.length === 0) {
    notes.push('There are no curves yet: log.jsonl is empty, as before the end of the first epoch.');
  }
  if (metrics !== undefined && !summary) {
    notes.push('How long training took is not known: metrics.json is damaged, or of something else.');
  }
  return { history, ...(summary && { summary }), notes };
}

/** The mean best possible R² over the parameters that show, as an evaluation tells it. */
export function possibleOf(evaluations: readonly ViewerEvaluation[]): number | undefined {
  for (const { told } of evaluations) {
    const shown = (told.bestPossible?.perParameter ?? []).filter(({ name }) => told.scores.visible.includes(name));
    if (shown.length > 0) return mean(shown.map(({ r2 }) => r2));
  }
  return undefined;
}
