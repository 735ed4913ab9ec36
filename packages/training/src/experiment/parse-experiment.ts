import * as v from 'valibot';
import { TrainingError } from '../training-error.js';
import { type Experiment, experimentSchema } from './experiment.js';

/**
 * Checks an experiment, from code or from a JSON file, and fills in what has a default.
 *
 * @throws TrainingError `wrong-experiment` in one sentence that names the first wrong field
 */
export function parseExperiment(experiment: unknown): Experiment {
  const result = v.safeParse(experimentSchema, experiment);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = v.getDotPath(issue) ?? undefined;
  const expected = issue.expected ? `expected ${issue.expected}, got ${issue.received}` : issue.message;
  const reason = `${field ?? 'the experiment'} is wrong; ${expected}`;
  throw new TrainingError('wrong-experiment', { ...(field && { field }), reason }, `parseExperiment: ${reason}`);
}
