import type { JsonValue, ModelCard } from '@kanrecon/model';
import type { TrainingPosition } from '../checkpoint/training-checkpoint.js';
import { storedCalibration } from '../evaluation/calibration.js';
import type { TrainingSession } from './train-epoch.js';

/** What a training begins with: the calibration of the epoch that has ended, where it goes on between two. */
export function startingCalibration(
  { reconstructor, state }: Pick<TrainingPosition, 'reconstructor' | 'state'>,
  { scored }: Pick<TrainingSession, 'scored'>,
): TrainingSession['calibration'] {
  const stored = storedCalibration(reconstructor.card.calibration, scored);
  return { current: state.step === 0 ? stored : undefined };
}

/** The card with the calibration of the network as it is now, and never with that of another epoch. */
export function calibratedCard(card: ModelCard, { calibration }: Pick<TrainingSession, 'calibration'>): ModelCard {
  return { ...card, calibration: calibration.current as unknown as JsonValue | undefined };
}
