import { resolve } from 'node:path';
import { visibleParameters } from '@kanrecon/identifiability';
import { type AdamW, createReconstructor, type PartialReconstructorConfig, type Reconstructor } from '@kanrecon/model';
import { presetToJson } from '@kanrecon/scene';
import type { Ui } from 'kanrecon';
import { countOf, type FixedSetOptions, makeFixedSet, UserError, withOutFolder } from 'kanrecon';
import { checkAugmentation } from '../../augmentation/check-augmentation.js';
import { createOptimizer } from '../../loop/create-optimizer.js';
import { learningRateSchedule } from '../../loop/learning-rate.js';
import type { StepRunner } from '../../loop/step-runner.js';
import { trainingLoop } from '../../loop/training-loop.js';
import { fromJson, initialState, type TrainingState } from '../../loop/training-state.js';
import { cacheSource } from '../../source/cache-source.js';
import type { TrainingSource } from '../../source/training-source.js';
import type { backendNames } from '../backends/backend-names.js';
import { chooseBackend } from '../backends/choose-backend.js';
import { openSplitData } from '../data/open-split-data.js';
import { trainingLook } from '../data/training-look.js';
import { streamSource } from '../source/stream-source.js';
import { checkWorkers, startStepRunner } from '../workers/start-step-runner.js';
import { checkWritable } from './check-writable.js';
import { explainFullDisk } from './explain-full-disk.js';
import { loadCheckpoint } from './load-checkpoint.js';
import { lockRun } from './lock-run.js';
import { programVersions } from './program-versions.js';
import { type RunConfig, readRunConfig, type TrainingSettings, writeRunConfig } from './run-config.js';
import { createRunFolder, hasCheckpoint, openRunFolder, type RunFolder } from './run-folder.js';
import { runPreset } from './run-preset.js';
import { type RunSummary, writeRunSummary } from './run-summary.js';

export interface TrainRunOptions {
  out: string;
  backend: (typeof backendNames)[number] | 'auto';
  onInvalid: 'refuse' | 'skip';
  ui: Ui;
  signal: AbortSignal;
}

/** What a new run is made of. */
export interface NewRun {
  model: PartialReconstructorConfig;
  training: TrainingSettings;
  /** For streamed images without a data set: the one to be made in the run's folder, for validation and test. */
  fixedSet?: Omit<FixedSetOptions, 'out'>;
}

/** What may change when a run is continued. */
export interface ResumedRun {
  /** Train to this many epochs in all. */
  epochs?: number;
  /** Where the data set lies now. */
  dataset?: string;
  /** Threads that draw, of a run on streamed images: the numbers do not depend on it. */
  streamWorkers?: number;
}

/** Starts a run: makes its folder and trains. A folder that stays empty because something is wrong is taken away again. */
export async function startRun(run: NewRun, options: TrainRunOptions): Promise<RunSummary> {
  return withOutFolder(options.out, async () => {
    const release = lockRun(resolve(options.out));
    try {
      return await startIn(run, options).catch(explainFullDisk(options.out));
    } finally {
      release();
    }
  });
}

async function startIn(run: NewRun, options: TrainRunOptions): Promise<RunSummary> {
  const folder = await createRunFolder(options.out);
  await checkWritable(folder.path);
  const { name: backend } = await chooseBackend(options.backend, options.ui, options.signal);
  checkWorkers(run.training.workers, backend);
  const { fixedSet } = run;
  if (fixedSet) await makeFixedSet({ out: folder.path, ...fixedSet }, options.ui, options.signal);
  const preset = await trainingLook(run.training.dataset);
  // Before anything is decoded.
  checkAugmentation(run.training.augment, preset);
  const reconstructor = createReconstructor({ ...run.model, surface: preset.surface });
  const { name, config: model } = reconstructor;
  const config: RunConfig = {
    format: 1,
    name,
    model,
    look: presetToJson(preset),
    training: run.training,
    backend,
    versions: programVersions(),
  };
  const optimizer = createOptimizer(run.training);
  return train(folder, config, reconstructor, optimizer, initialState(), options);
}

/** Continues a run where its last checkpoint stands, with the same numbers as if it had never stopped. */
export async function resumeRun(changes: ResumedRun, options: TrainRunOptions): Promise<RunSummary> {
  const folder = await openRunFolder(options.out);
  const release = lockRun(folder.path);
  try {
    return await resumeIn(folder, changes, options).catch(explainFullDisk(options.out));
  } finally {
    release();
  }
}

async function resumeIn(folder: RunFolder, changes: ResumedRun, options: TrainRunOptions): Promise<RunSummary> {
  const { ui } = options;
  const config = await readRunConfig(folder);
  const { epochs, schedule } = config.training;
  if (changes.epochs && changes.epochs !== epochs && (schedule === 'cosine' || schedule === 'one-cycle')) {
    ui.warn(
      `The ${schedule} learning rate follows the new length of ${changes.epochs} epochs (${epochs} before) from here on.`,
    );
  }
  const { streamWorkers, ...settings } = changes;
  const { stream } = config.training;
  if (streamWorkers !== undefined && !stream) {
    throw new UserError('--stream-workers goes with a run on streamed images; this one trains on a data set.');
  }
  config.training = {
    ...config.training,
    ...settings,
    ...(stream && { stream: { ...stream, workers: streamWorkers ?? stream.workers } }),
  };
  const { name } = await chooseBackend(
    options.backend === 'auto' ? config.backend : options.backend,
    ui,
    options.signal,
  );
  checkWorkers(config.training.workers, name);
  if (name !== config.backend) {
    ui.warn(`The run began on the backend ${config.backend}; on ${name} its numbers go on slightly differently.`);
  }
  if (!hasCheckpoint(folder, 'last')) {
    // Stopped hard before the first checkpoint: nothing is lost by beginning again.
    const optimizer = createOptimizer(config.training);
    const { surface } = await runPreset(config);
    const reconstructor = createReconstructor({ ...config.model, surface });
    return train(folder, config, reconstructor, optimizer, initialState(), options);
  }
  const { reconstructor, optimizerState, extra } = await loadCheckpoint(folder, 'last');
  const state = fromJson(extra);
  if (!state || !optimizerState) throw new UserError(`${folder.last} holds no training state to resume from.`);
  const optimizer = createOptimizer(config.training).setState(optimizerState);
  return train(folder, config, reconstructor, optimizer, state, options);
}

async function train(
  folder: RunFolder,
  config: RunConfig,
  reconstructor: Reconstructor,
  optimizer: AdamW,
  state: TrainingState,
  { ui, signal, onInvalid }: TrainRunOptions,
): Promise<RunSummary> {
  const { training } = config;
  const { imageSize } = config.model;
  const { dataset } = training;
  const { surface } = reconstructor;
  const data = await openSplitData({
    dataset,
    splits: training.stream ? ['val'] : ['train', 'val'],
    surface,
    imageSize,
    onInvalid,
    ui,
    signal,
  });
  let runner: StepRunner | undefined;
  let source: TrainingSource | undefined;
  try {
    checkAugmentation(training.augment, data.look);
    if (data.look.name !== config.look.preset) {
      ui.warn(
        `${dataset} looks otherwise than what the run began with (preset ${data.look.name}, not ${config.look.preset}).`,
      );
    }
    const [least, greatest] = data.look.background;
    await writeRunConfig(folder, config);
    const { train: trainIndices, val } = data.indices;
    const { batchSize, seed, stream } = training;
    const { epoch, step } = state;
    source = stream
      ? streamSource({ preset: data.look, imageSize, batchSize, seed, stream, epoch, step })
      : cacheSource(data.cache, trainIndices, surface, training);
    const { steps } = source;
    const schedule = learningRateSchedule(training.schedule, training.learningRate, steps, training.epochs);
    const { name, parameterCount } = reconstructor;
    ui.note(
      `${name}: ${parameterCount.trainable.toLocaleString('en')} trainable parameters, ${imageSize} × ${imageSize} pixels.`,
    );
    ui.note(
      `${source.images} ${stream ? 'fresh images an epoch' : 'training'} and ${countOf(val.length, 'validation image')}, batches of ${training.batchSize}${training.workers > 1 ? `, divided among ${training.workers} workers` : ''}.`,
    );
    if (state.epoch + state.step > 0)
      ui.note(`Resuming after ${state.epoch} epochs and ${state.step} of ${steps} steps.`);
    runner = await startStepRunner(config, reconstructor, optimizer);
    const session = {
      reconstructor,
      optimizer,
      runner,
      source,
      cache: data.cache,
      val,
      visible: visibleParameters(data.look),
      ...(least === greatest && { background: least }),
      settings: training,
      schedule,
      state,
    };
    const finished = await trainingLoop(session, folder, ui, signal);
    return await writeRunSummary(folder, config, reconstructor, state, finished);
  } finally {
    await source?.close();
    await runner?.close();
    data.cache.close();
    optimizer.dispose();
    reconstructor.dispose();
  }
}
