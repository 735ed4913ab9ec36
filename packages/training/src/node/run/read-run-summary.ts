import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import type { RunFolder } from './run-folder.js';
import { type RunSummary, runSummarySchema } from './run-summary.js';

/** What `metrics.json` says; undefined while the first training goes on, and for a file that is damaged: who asks can do without. */
export async function readRunSummary({ metrics }: RunFolder): Promise<RunSummary | undefined> {
  const json: unknown = await readFile(metrics, 'utf8')
    .then(JSON.parse)
    .catch(() => undefined);
  const result = v.safeParse(runSummarySchema, json);
  return result.success ? result.output : undefined;
}
