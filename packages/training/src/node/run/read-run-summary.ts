import { readFile } from 'node:fs/promises';
import { parseRunSummary, type RunSummary } from '../../run/run-summary.js';
import type { RunFolder } from './run-folder.js';

/** What `metrics.json` says; undefined while the first training goes on, and for a file that is damaged: who asks can do without. */
export async function readRunSummary({ metrics }: RunFolder): Promise<RunSummary | undefined> {
  const text = await readFile(metrics, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parseRunSummary(text);
}
