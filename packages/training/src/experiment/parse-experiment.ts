import * as v from 'valibot';
import { TrainingError } from '../training-error.js';
import { type Experiment, experimentSchema } from './experiment.js';
import { explainIssue } from './explain-issue.js';
import { wrongExperiment } from './wrong-experiment.js';

/**
 * Checks an experiment, from code or from a JSON file, and fills in what has a default.
 *
 * @throws TrainingError `wrong-experiment` in one sentence that names the first wrong field, what is expected there and what was found
 */
export function parseExperiment(experiment: unknown): Experiment {
  const result = v.safeParse(experimentSchema, experiment);
  if (result.success) {
    const { schedule, stepDecay } = result.output;
    if (stepDecay && schedule !== 'step') {
      throw wrongExperiment('parseExperiment', 'stepDecay', `expected none beside the schedule ${schedule}`);
    }
    return result.output;
  }
  const wrong = explainIssue(experimentSchema, result.issues[0], 'the experiment');
  throw new TrainingError('wrong-experiment', wrong, `parseExperiment: ${wrong.reason}`);
}
