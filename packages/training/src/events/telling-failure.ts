import type { OnTrainingEvent } from './training-event.js';

/** Tells the error that a training ends with in an event `failed`, whatever it was doing, and throws it. */
export async function tellingFailure<T>(onEvent: OnTrainingEvent | undefined, training: () => Promise<T>): Promise<T> {
  try {
    return await training();
  } catch (error) {
    onEvent?.({ type: 'failed', error });
    throw error;
  }
}
