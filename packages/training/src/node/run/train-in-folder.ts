import type { AdamW, Reconstructor } from '@kanrecon/model';
import { sceneWithRanges } from '@kanrecon/scene';
import { checkAugmentation } from '../../augmentation/check-augmentation.js';
import { runTraining } from '../../loop/run-training.js';
import type { StepRunner } from '../../loop/step-runner.js';
import type { TrainingState } from '../../loop/training-state.js';
import { cacheSource } from '../../source/cache-source.js';
import type { TrainingSource } from '../../source/training-source.js';
import { openSplitData } from '../data/open-split-data.js';
import { streamSource } from '../source/stream-source.js';
import { startStepRunner } from '../workers/start-step-runner.js';
import { cardLimits } from './card-limits.js';
import { saveBest, saveLast } from './checkpoint.js';
import { type RunConfig, writeRunConfig } from './run-config.js';
import type { RunFolder } from './run-folder.js';
import type { RunOptions } from './run-options.js';
import { runScene } from './run-scene.js';
import { type RunSummary, writeRunSummary } from './run-summary.js';

/** Network, optimizer and state where training begins, or goes on. */
export interface RunStart {
  readonly reconstructor: Reconstructor;
  readonly optimizer: AdamW;
  readonly state: TrainingState;
}

/** Trains in a run's folder, which this process has locked, and disposes network and optimizer. */
export async function trainInFolder(
  folder: RunFolder,
  config: RunConfig,
  { reconstructor, optimizer, state }: RunStart,
  { onInvalid, onEvent = () => {}, signal }: RunOptions,
): Promise<RunSummary> {
  const { experiment } = config;
  const { augmentation, batchSize, seed } = experiment;
  const { imageSize } = reconstructor.config;
  const { surface } = sceneWithRanges(await runScene(folder, config), reconstructor.targets);
  const dataset = experiment.data.folder!;
  const data = await openSplitData({
    dataset,
    splits: experiment.data.kind === 'stream' ? ['val'] : ['train', 'val'],
    ...{ surface, imageSize, onInvalid, onEvent, ...(signal && { signal }) },
  });
  const { cache, scene } = data;
  const images = {
    readBatch: (indices: Uint32Array) => cache.readBatch(indices),
    targets: (indices: Uint32Array) => cache.targets(indices, surface),
  };
  let runner: StepRunner | undefined;
  let source: TrainingSource | undefined;
  try {
    checkAugmentation(augmentation, scene);
    if (scene.name !== config.scene.name) {
      onEvent({
        type: 'notice',
        notice: { code: 'other-scene', dataset, found: scene.name, trained: config.scene.name },
      });
    }
    const [least, greatest] = scene.background;
    await writeRunConfig(folder, config);
    const { train, val } = data.indices;
    source =
      experiment.data.kind === 'stream'
        ? streamSource({
            ...{ scene, imageSize, batchSize, seed },
            ...experiment.data,
            epoch: state.epoch,
            step: state.step,
          })
        : cacheSource(images, train, experiment);
    runner = await startStepRunner(experiment, config.backend, reconstructor, optimizer);
    const limits = await cardLimits(reconstructor.card, scene, {
      onProgress: (done, total) => onEvent({ type: 'progress', stage: 'limits', done, total }),
      ...(signal && !signal.aborted && { signal }),
    });
    const session = {
      ...{ reconstructor, optimizer, runner, source, val, experiment, state },
      validation: images,
      visible: surface.parameters.map(({ name }) => name).filter((name) => !limits.invisible.includes(name)),
      ...(least === greatest && { background: least }),
    };
    const complete = await runTraining(session, {
      onEvent,
      ...(signal && { signal }),
      save: (which) =>
        which === 'best' ? saveBest(folder, reconstructor, state) : saveLast(folder, reconstructor, optimizer, state),
    });
    return await writeRunSummary(folder, config, reconstructor, state, complete);
  } finally {
    await source?.close();
    await runner?.close();
    cache.close();
    optimizer.dispose();
    reconstructor.dispose();
  }
}
