import type { VisibleCombination } from '@kanrecon/identifiability';
import type { AdamW, LearningRateSchedule, Reconstructor, Target } from '@kanrecon/model';
import type { Scene } from '@kanrecon/scene';
import { augmentBatch } from '../augmentation/augment-batch.js';
import type { Calibration } from '../evaluation/calibration.js';
import type { Experiment } from '../experiment/experiment.js';
import type { LabelledImages } from '../source/labelled-images.js';
import type { TrainingBatch, TrainingSource } from '../source/training-source.js';
import type { TypicalImages } from '../source/typical-images.js';
import type { StepRunner } from './step-runner.js';
import type { TrainingState } from './training-state.js';
import { yieldToEvents } from './yield-to-events.js';

/** All that the training loop works with. */
export interface TrainingSession {
  /** As of the last `runner.synchronise()`. */
  reconstructor: Reconstructor;
  /** As of the last `runner.synchronise()`. */
  optimizer: AdamW;
  runner: StepRunner;
  /** The network's first targets, which are scored: a shape's parameters, or all of a table's. Behind them comes the camera. */
  scored: readonly Target[];
  /** What images show, where it is known: the camera is scored with it. */
  scene?: Scene;
  /** Training images. */
  source: TrainingSource;
  /** What norms' statistics are taken from where training leaves others than the network's own. */
  typical: TypicalImages;
  /** What it is validated with, and which of these images: after every epoch. */
  validation: LabelledImages;
  val: Uint32Array;
  /** Names of the parameters that such images can show. */
  visible: readonly string[];
  /** What images show of parameters that they tie together. */
  combinations: readonly VisibleCombination[];
  /** How sure the network rightly is, as of the last epoch's end; nothing while the next one goes on. */
  calibration: { current: Calibration | undefined };
  /** Grey behind every object, if it is the same one. */
  background?: number;
  experiment: Experiment;
  /** Pixels of an epoch's training images, the epoch counted from 0: the network's size, or a smaller one while images grow. */
  imageSizeOf: (epoch: number) => number;
  schedule: LearningRateSchedule;
  state: TrainingState;
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
  const { runner, source, background, experiment, schedule, state } = session;
  const { seed, augmentation } = experiment;
  const { steps } = source;
  const { epoch } = state;
  const imageSize = session.imageSizeOf(epoch);
  session.calibration.current = undefined;
  if (experiment.growth) state.image_size = imageSize;
  const prepare = async (step: number): Promise<TrainingBatch> => {
    const batch = await source.batch(epoch, step);
    if (batch.images instanceof Uint8Array) {
      augmentBatch(batch.images, batch.samples, imageSize, augmentation, { seed, epoch }, background);
    }
    return batch;
  };
  let next: Promise<TrainingBatch> | undefined;
  while (state.step < steps) {
    const start = performance.now();
    const globalStep = epoch * steps + state.step;
    const { images, targets, samples } = await (next ?? prepare(state.step));
    const stepping = runner.step(images, targets, { step: globalStep, learningRate: schedule(globalStep) });
    // The runner has its copy of the batch by now, and worker threads leave this one idle: the next batch is made meanwhile.
    next = state.step + 1 < steps ? prepare(state.step + 1) : undefined;
    next?.catch(() => {}); // whoever awaits it learns of it; the step's own failure comes first
    const loss = await stepping;
    state.step += 1;
    state.images += samples.length;
    state.lossSum += loss * samples.length;
    state.seconds += (performance.now() - start) / 1000;
    await yieldToEvents(); // lets an abort through
    if (!(await onStep(loss))) return false;
  }
  return true;
}
