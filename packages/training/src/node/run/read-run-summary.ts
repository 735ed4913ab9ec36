import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { parseEpochRecord } from '../../loop/training-state.js';
import type { RunFolder } from './run-folder.js';
import type { RunSummary } from './run-summary.js';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const schema = v.object({
  name: v.string(),
  finished: v.boolean(),
  epochs: count,
  steps_in_epoch: count,
  parameters: v.object({ trainable: count, total: count }),
  best: v.nullable(v.unknown()),
  last: v.nullable(v.unknown()),
  seconds: v.pipe(v.number(), v.finite()),
  images_per_second: v.optional(v.nullable(v.pipe(v.number(), v.finite())), null),
  backend: v.string(),
});

/** What `metrics.json` says; undefined while the first training goes on, and for a file that is damaged: who asks can do without. */
export async function readRunSummary({ metrics }: RunFolder): Promise<RunSummary | undefined> {
  const json: unknown = await readFile(metrics, 'utf8')
    .then(JSON.parse)
    .catch(() => undefined);
  const result = v.safeParse(schema, json);
  if (!result.success) return undefined;
  const [best, last] = [result.output.best, result.output.last].map((record) =>
    record === null ? null : parseEpochRecord(record),
  );
  if (typeof best === 'string' || typeof last === 'string') return undefined;
  return { ...result.output, best: best ?? null, last: last ?? null };
}
