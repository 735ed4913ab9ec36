import { checkOptions } from '@kanrecon/geometry';
import type { ModelCard } from '@kanrecon/model';
import { tellingFailure } from '../../events/telling-failure.js';
import { parseExperiment } from '../../experiment/parse-experiment.js';
import type { RunSummary } from '../../run/run-summary.js';
import { TrainingError } from '../../training-error.js';
import { chooseBackend } from '../backends/choose-backend.js';
import { checkWorkers } from '../workers/start-step-runner.js';
import { explainFullDisk } from './explain-full-disk.js';
import { lockRun } from './lock-run.js';
import { mendRun } from './mend-run.js';
import { type RunConfig, readRunConfig } from './run-config.js';
import { openRunFolder, type RunFolder } from './run-folder.js';
import { type RunOptions, runOptionNames } from './run-options.js';
import { startingPoint } from './starting-point.js';
import { trainInFolder } from './train-in-folder.js';

/** What may change when a run is continued. */
export interface ResumedRun {
  /** Train to this many epochs in all. */
  readonly epochs?: number;
  /** Where the data set lies now. */
  readonly dataset?: string;
  /** Threads that draw, of a run on streamed images: the numbers do not depend on it. */
  readonly streamWorkers?: number;
}

/**
 * Continues a run where its last checkpoint stands, with the same numbers as if it had never stopped. What a crash or a lost file has left
 * in disorder is mended first; nothing that was reached is lost by it.
 *
 * @throws TrainingError as its code says; DatasetError if the data set cannot be used
 */
export async function resumeRun(changes: ResumedRun, options: RunOptions): Promise<RunSummary> {
  checkOptions('resumeRun', options, runOptionNames);
  checkOptions('resumeRun: the changes', changes, { epochs: 1, dataset: 1, streamWorkers: 1 });
  return tellingFailure(options.onEvent, async () => {
    const folder = await openRunFolder(options.out);
    const release = lockRun(folder.path);
    try {
      return await resumeIn(folder, changes, options).catch(explainFullDisk(options.out));
    } finally {
      release();
    }
  });
}

async function resumeIn(folder: RunFolder, changes: ResumedRun, options: RunOptions): Promise<RunSummary> {
  const { onEvent = () => {}, signal } = options;
  const config = await readRunConfig(folder);
  const { schedule, budget } = config.experiment;
  const { epochs = budget.epochs } = changes;
  if (epochs !== budget.epochs && (schedule === 'cosine' || schedule === 'one-cycle')) {
    onEvent({ type: 'notice', notice: { code: 'other-length', schedule, epochs, before: budget.epochs } });
  }
  const experiment = parseExperiment({
    ...config.experiment,
    budget: { ...budget, epochs },
    data: changedData(config, changes),
  });
  const wanted = options.backend === 'auto' ? config.backend : options.backend;
  const { name: backend } = await chooseBackend(wanted, onEvent, signal);
  checkWorkers(experiment.workers, backend);
  if (backend !== config.backend) {
    onEvent({ type: 'notice', notice: { code: 'other-backend', name: backend, before: config.backend } });
  }
  const changed = { ...config, experiment };
  const start = await startingPoint(folder, changed, signal);
  const mend = (card: ModelCard) => mendRun(folder, start, card, onEvent);
  return trainInFolder(folder, changed, start.position, { ...options, backend, mend });
}

function changedData({ experiment: { data } }: RunConfig, { dataset, streamWorkers }: ResumedRun) {
  const moved = { ...data, ...(dataset !== undefined && { folder: dataset }) };
  if (streamWorkers === undefined) return moved;
  if (moved.kind === 'stream') return { ...moved, workers: streamWorkers };
  const message = 'resumeRun: this run trains on a data set; expected streamWorkers for a run on streamed images only';
  throw new TrainingError('not-streamed', { setting: 'streamWorkers' }, message);
}
