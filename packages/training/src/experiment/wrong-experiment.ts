import { TrainingError } from '../training-error.js';

/** @param rest what is expected there and what was found: "expected 1, got 2" */
export function wrongExperiment(caller: string, field: string, rest: string): TrainingError {
  const reason = `${field} is wrong; ${rest}`;
  return new TrainingError('wrong-experiment', { field, reason }, `${caller}: ${reason}`);
}
