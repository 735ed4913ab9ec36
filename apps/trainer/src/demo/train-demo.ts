import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { RunSummary } from '@kanrecon/training/node';
import { readRunConfig, resumeRun, runFolder, startRun, type TrainingSettings } from '@kanrecon/training/node';
import type { DemoOptions } from './run-demo.js';

/** Trains the demo's network, continues an interrupted training, or takes a finished one as it is. */
export async function trainDemo(options: DemoOptions, dataset: string): Promise<RunSummary> {
  const { out, settings, seed, backend, ui, signal } = options;
  const folder = runFolder(out);
  const common = { out, backend, onInvalid: 'refuse', ui, signal } as const;
  const wanted: TrainingSettings = { ...settings.training, dataset: resolve(dataset), seed, workers: 1 };
  if (!existsSync(folder.config)) {
    return startRun({ model: { ...settings.model, seed }, training: wanted }, common);
  }
  const { training } = await readRunConfig(folder);
  const different = Object.entries(wanted).some(
    ([name, value]) => !['dataset', 'workers'].includes(name) && training[name as keyof TrainingSettings] !== value,
  );
  if (different) ui.warn(`${out} was trained with other settings; it is used as it is (--fresh starts over).`);
  const summary = existsSync(folder.metrics)
    ? (JSON.parse(await readFile(folder.metrics, 'utf8')) as RunSummary)
    : undefined;
  if (summary?.finished) {
    ui.say('   finished by an earlier demo (--fresh trains anew)');
    return summary;
  }
  return resumeRun({ dataset: resolve(dataset) }, common);
}
