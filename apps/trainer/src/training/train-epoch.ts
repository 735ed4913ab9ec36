import { shuffledIndices } from '@kanrecon/dataset';
import type { ImageCache } from '@kanrecon/dataset/node';
import type { AdamW, LearningRateSchedule, Reconstructor } from '@kanrecon/model';
import { augmentBatch } from './augment-batch.js';
import type { TrainingSettings } from './run-config.js';
import type { StepRunner } from './step-runner.js';
import type { TrainingState } from './training-state.js';

/** All that the training loop works with. */
export interface TrainingSession {
  /** As of the last `runner.synchronise()`. */
  reconstructor: Reconstructor;
  /** As of the last `runner.synchronise()`. */
  optimizer: AdamW;
  runner: StepRunner;
  cache: ImageCache;
  /** The training samples' indices in the cache. */
  train: Uint32Array;
  val: Uint32Array;
  /** Names of the parameters that such images can show. */
  visible: readonly string[];
  settings: TrainingSettings;
  schedule: LearningRateSchedule;
  state: TrainingState;
}

/**
 * Steps of an epoch. A last batch of one image is left out when batches are larger: batch normalisation cannot learn from a
 * single image.
 */
export function stepsPerEpoch(images: number, batchSize: number): number {
  const steps = Math.ceil(images / batchSize);
  return images % batchSize === 1 && images > 1 ? steps - 1 : steps;
}

/**
 * Trains the rest of the epoch in work and moves `session.state` along. Everything random hangs on (seed, epoch, step,
 * sample) alone, so an epoch that was cut in two gives the same numbers as one in one piece.
 *
 * @param onStep called after every step; returns false to stop there
 * @returns whether the epoch was finished
 */
export async function trainEpoch(
  session: TrainingSession,
  onStep: (loss: number) => boolean | Promise<boolean>,
): Promise<boolean> {
  const { reconstructor, runner, cache, train, settings, schedule, state } = session;
  const { batchSize, seed, augment } = settings;
  const steps = stepsPerEpoch(train.length, batchSize);
  const order = shuffledIndices(train.length, seed, state.epoch).map((position) => train[position]!);
  while (state.step < steps) {
    const start = performance.now();
    const globalStep = state.epoch * steps + state.step;
    const batch = order.subarray(state.step * batchSize, (state.step + 1) * batchSize);
    const images = cache.readBatch(batch);
    augmentBatch(images, batch, cache.imageSize, augment, { seed, epoch: state.epoch });
    const targets = cache.targets(batch, reconstructor.surface);
    const loss = await runner.step(images, targets, { step: globalStep, learningRate: schedule(globalStep) });
    state.step += 1;
    state.images += batch.length;
    state.lossSum += loss * batch.length;
    state.seconds += (performance.now() - start) / 1000;
    await new Promise((resolve) => setImmediate(resolve)); // lets Ctrl-C through
    if (!(await onStep(loss))) return false;
  }
  return true;
}
