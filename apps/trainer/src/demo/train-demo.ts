import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { parseReconstructorConfig } from '@kanrecon/model';
import { parseExperiment } from '@kanrecon/training';
import {
  type RunSummary,
  readRunConfig,
  readRunSummary,
  resumeRun,
  runFolder,
  startRun,
} from '@kanrecon/training/node';
import { programVersion } from '../cli/package-folder.js';
import { explainRunFailure } from '../cli/run-errors.js';
import { showTraining } from '../ui/show-training.js';
import type { DemoOptions } from './demo-options.js';

/** Trains the demo's network, continues an interrupted training, or takes a finished one as it is. */
export async function trainDemo(options: DemoOptions, dataset: string): Promise<RunSummary> {
  const { out, settings, seed, backend, ui, signal } = options;
  const folder = runFolder(out);
  const common = {
    ...{ out, backend, signal },
    onInvalid: 'refuse',
    onEvent: showTraining(ui),
    versions: { kanrecon: programVersion() },
  } as const;
  const wanted = parseExperiment({ ...settings.experiment, seed, data: { kind: 'dataset', folder: dataset } });
  if (!existsSync(folder.config)) return startRun(wanted, common).catch(explainRunFailure(out));
  const { experiment } = await readRunConfig(folder);
  const settingsOf = ({ data: _, workers: __, model, ...rest }: typeof wanted) => ({
    ...rest,
    model: parseReconstructorConfig(model),
  });
  if (!isDeepStrictEqual(settingsOf(experiment), settingsOf(wanted))) {
    ui.warn(`${out} was trained with other settings; it is used as it is (--fresh starts over).`);
  }
  const summary = await readRunSummary(folder);
  if (summary?.finished) {
    ui.say('   finished by an earlier demo (--fresh trains anew)');
    return summary;
  }
  return resumeRun({ dataset }, common).catch(explainRunFailure(out));
}
