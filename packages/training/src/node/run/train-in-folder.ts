import type { ParametricSurface } from '@kanrecon/geometry';
import type { ModelCard, Reconstructor, ReconstructorConfig } from '@kanrecon/model';
import { type Scene, sceneWithRanges } from '@kanrecon/scene';
import { checkAugmentation } from '../../augmentation/check-augmentation.js';
import { cameraTargetsOf } from '../../camera/experiment-targets.js';
import { labelledTargets } from '../../camera/labelled-targets.js';
import type { TrainingPosition } from '../../checkpoint/training-checkpoint.js';
import { cardLimits } from '../../evaluation/card-limits.js';
import { modelCard } from '../../experiment/model-card.js';
import { featuresOf } from '../../features/features-of.js';
import { growingSource } from '../../growth/growing-source.js';
import { calibratedCard, startingCalibration } from '../../loop/calibrated-card.js';
import { finishedEvent, runTraining } from '../../loop/run-training.js';
import type { StepRunner } from '../../loop/step-runner.js';
import type { RunSummary } from '../../run/run-summary.js';
import { storedSource } from '../../source/stored-source.js';
import type { TrainingSource } from '../../source/training-source.js';
import { typicalOfScene, typicalOfStored } from '../../source/typical-images.js';
import { TrainingError } from '../../training-error.js';
import type { BackendName } from '../backends/backend-names.js';
import { openSplitData, type SplitData } from '../data/open-split-data.js';
import { wantedSplits } from '../data/wanted-splits.js';
import { featureFolder } from '../features/feature-folder.js';
import { streamSource } from '../source/stream-source.js';
import { startStepRunner } from '../workers/start-step-runner.js';
import { saveCheckpoint } from './checkpoint.js';
import { type RunConfig, writeRunConfig } from './run-config.js';
import type { RunFolder } from './run-folder.js';
import type { RunOptions } from './run-options.js';
import { runScene } from './run-scene.js';
import { writeRunSummary } from './run-summary.js';

/** Options of {@link trainInFolder}. */
export interface TrainInFolderOptions extends RunOptions {
  /** The one at work: a run may go on with another one than it began on. */
  readonly backend: BackendName;
  /**
   * When nothing stands in the way of training any more: puts the folder of a run that goes on in order, or keeps what one begins from.
   */
  readonly mend?: (card: ModelCard) => Promise<void>;
}

/** Trains in a run's folder, which this process has locked, and disposes network and optimizer. */
export async function trainInFolder(
  folder: RunFolder,
  config: RunConfig,
  start: TrainingPosition,
  options: TrainInFolderOptions,
): Promise<RunSummary> {
  const { reconstructor, optimizer, state } = start;
  const { onEvent = () => {} } = options;
  let summary: RunSummary;
  try {
    const { surface } = await networkScene(folder, config, reconstructor);
    const data = await openData(config, surface, reconstructor.config, options);
    try {
      summary = await trainOn({ ...data, surface }, folder, config, start, options);
    } finally {
      data.cache.close();
    }
  } finally {
    optimizer.dispose();
    reconstructor.dispose();
  }
  // When nothing can fail any more: every training ends in one event.
  onEvent(finishedEvent(state, summary.finished));
  return summary;
}

/** The run's scene with the ranges that the network learned. */
async function networkScene(folder: RunFolder, config: RunConfig, { targets }: Reconstructor): Promise<Scene> {
  const scene = await runScene(folder, config);
  try {
    return sceneWithRanges(scene, targets);
  } catch (cause) {
    const [own, others] = [scene.surface.parameters, targets].map((list) => list.map(({ name }) => name).join(', '));
    const reason = `scene is another than the network's: it has the parameters ${own}, the network ${others}`;
    const details = { file: folder.config, reason };
    throw new TrainingError('unusable-run', details, `resumeRun: ${folder.config}: ${reason}`, { cause });
  }
}

function openData(
  { experiment: { data } }: RunConfig,
  surface: ParametricSurface,
  { imageSize, fit }: ReconstructorConfig,
  { onInvalid, onEvent, signal }: RunOptions,
): Promise<SplitData> {
  return openSplitData({
    dataset: data.folder!,
    splits: wantedSplits(data),
    ...{ surface, imageSize, fit, onInvalid },
    ...(onEvent && { onEvent }),
    ...(signal && { signal }),
  });
}

async function trainOn(
  { cache, cacheDir, scene, surface, indices: { train, val } }: SplitData & { readonly surface: ParametricSurface },
  folder: RunFolder,
  config: RunConfig,
  position: TrainingPosition,
  { backend, mend, onEvent = () => {}, signal, cacheFeatures = true }: TrainInFolderOptions,
): Promise<RunSummary> {
  const { experiment } = config;
  const { reconstructor, optimizer, state } = position;
  const { augmentation, batchSize, seed, data } = experiment;
  // With the ranges that the network learned.
  const cameraTargets = cameraTargetsOf(reconstructor.targets, scene);
  const decoded = {
    count: cache.count,
    readBatch: (indices: Uint32Array) => cache.readBatch(indices),
    targets: (indices: Uint32Array) => labelledTargets(cache, { ...scene, surface }, cameraTargets, indices),
  };
  checkAugmentation(augmentation, scene, experiment.camera);
  if (scene.name !== config.scene.name) {
    const [dataset, found, trained] = [data.folder!, scene.name, config.scene.name];
    onEvent({ type: 'notice', notice: { code: 'other-scene', dataset, found, trained } });
  }
  const measuring = {
    onProgress: (done: number, total: number) => onEvent({ type: 'progress', stage: 'limits', done, total }),
    ...(signal && { signal }),
  };
  const limits = await cardLimits(reconstructor.card, scene, measuring);
  // Of the scene that the run began with, whatever it goes on with; the network's own card is of before this run was resumed.
  const own = await runScene(folder, config);
  const card = modelCard({
    scene: config.scene,
    limits: await cardLimits(reconstructor.card, own, measuring),
    experiment,
    init: config.init,
  });
  const [least, greatest] = scene.background;
  const onUnkept = (reason: string) => onEvent({ type: 'notice', notice: { code: 'features-not-kept', reason } });
  const prepared = await featuresOf(experiment, reconstructor, [decoded], {
    ...{ onEvent, signal, cacheFeatures },
    store: featureFolder(cacheDir, onUnkept),
  });
  const images = prepared[0]!;
  let source: TrainingSource | undefined;
  let runner: StepRunner | undefined;
  try {
    // Interrupted until here, it leaves no run behind, and the same call begins again.
    await writeRunConfig(folder, config);
    await mend?.(card);
    source =
      data.kind === 'stream'
        ? growingSource(experiment, position, (imageSize, { epoch, step }) =>
            streamSource({
              ...{ scene, imageSize, batchSize, seed },
              ...{ epochImages: data.epochImages, workers: data.workers, cameraTargets },
              ...{ epoch, step },
            }),
          )
        : storedSource(experiment, position, images, train);
    runner = await startStepRunner(experiment, backend, reconstructor, optimizer);
    const session = {
      ...{ reconstructor, optimizer, runner, source, val, experiment, state },
      typical:
        data.kind === 'stream'
          ? typicalOfScene(scene, reconstructor.config.imageSize, batchSize, source.steps)
          : typicalOfStored(decoded, train, batchSize, source.steps),
      validation: images,
      scene: { ...scene, surface },
      scored: surface.parameters,
      combinations: limits.combinations,
      calibration: startingCalibration(position, { scored: surface.parameters }),
      visible: surface.parameters.map(({ name }) => name).filter((name) => !limits.invisible.includes(name)),
      ...(least === greatest && { background: least }),
    };
    const complete = await runTraining(session, {
      onEvent,
      ...(signal && { signal }),
      save: (which) => saveCheckpoint(folder, which, position, calibratedCard(card, session)),
    });
    return await writeRunSummary(folder, config, reconstructor, state, complete);
  } finally {
    await source?.close();
    await runner?.close();
    images.close?.();
  }
}
