import type { TrainingFinished } from '../events/training-event.js';
import { imageSizesOf, sizePhases } from '../growth/image-sizes.js';
import { learningRateSchedule } from './learning-rate.js';
import type { TrainingSession } from './train-epoch.js';
import { type TrainingHooks, trainingLoop } from './training-loop.js';
import { bestEpoch, type TrainingState } from './training-state.js';

/**
 * A training from where its state stands to its end, told in events from `started` on. Whoever calls it tells the end (`finishedEvent`)
 * when there is no more to be done.
 *
 * @returns whether all epochs are done; false after an abort
 * @throws as `trainingLoop`
 */
export async function runTraining(
  session: Omit<TrainingSession, 'schedule' | 'imageSizeOf'>,
  hooks: TrainingHooks,
): Promise<boolean> {
  const { experiment, source, state, reconstructor, val } = session;
  const { epochs } = experiment.budget;
  const { imageSize } = reconstructor.config;
  const { batchSize, workers, data, schedule, stepDecay, optimizer } = experiment;
  hooks.onEvent({
    type: 'started',
    name: reconstructor.name,
    parameters: reconstructor.parameterCount,
    imageSize,
    ...(experiment.growth && { growth: sizePhases(experiment, imageSize, state) }),
    images: source.images,
    fresh: data.kind === 'stream',
    validationImages: val.length,
    steps: source.steps,
    ...{ epochs, batchSize, workers },
    ...(state.epoch + state.step > 0 && { resumed: { epoch: state.epoch, step: state.step } }),
  });
  const rates = learningRateSchedule(schedule, optimizer.learningRate, source.steps, epochs, stepDecay);
  const imageSizeOf = imageSizesOf(experiment, imageSize, state);
  return trainingLoop({ ...session, schedule: rates, imageSizeOf }, hooks);
}

/** The event at the end of a training that has not failed. */
export function finishedEvent(state: TrainingState, complete: boolean): TrainingFinished {
  const best = bestEpoch(state);
  const last = state.history.at(-1);
  return { type: 'finished', complete, ...(best && { best }), ...(last && { last }) };
}
