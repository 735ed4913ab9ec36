import { withoutCaller } from '@kanrecon/image';
import { parseReconstructorConfig } from '@kanrecon/model';
import * as v from 'valibot';
import { checkGrowth } from '../growth/check-growth.js';
import { TrainingError } from '../training-error.js';
import { type Experiment, experimentSchema, modelOf } from './experiment.js';
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
    const { schedule, stepDecay, model, optimizer } = result.output;
    if (stepDecay && schedule !== 'step') {
      throw wrongExperiment('parseExperiment', 'stepDecay', `expected none beside the schedule ${schedule}`);
    }
    if (optimizer.backboneRate !== undefined && model.trainBackbone === false) {
      const rest = 'expected none where the backbone is frozen (model.trainBackbone: false)';
      throw wrongExperiment('parseExperiment', 'optimizer.backboneRate', rest);
    }
    checkGrowth('parseExperiment', result.output);
    checkShorterSide(result.output);
    return result.output;
  }
  const wrong = explainIssue(experimentSchema, result.issues[0], 'the experiment');
  if (wrong.field === 'optimizer.backboneRate' && result.issues[0].input === 0) {
    const rest = 'expected a number above 0, got 0; a backbone that shall not change is model.trainBackbone: false';
    throw wrongExperiment('parseExperiment', wrong.field, rest);
  }
  throw new TrainingError('wrong-experiment', wrong, `parseExperiment: ${wrong.reason}`);
}

/** What no field says by itself, and the schema does not: whether `model.fit.shorterSide` goes with its padding and the images' size. */
function checkShorterSide(experiment: Experiment): void {
  if (experiment.model.fit?.shorterSide === undefined) return;
  try {
    parseReconstructorConfig(modelOf(experiment));
  } catch (cause) {
    const reason = `model.${withoutCaller((cause as Error).message).replace(/\.$/, '')}`;
    const details = { field: 'model.fit.shorterSide', reason };
    throw new TrainingError('wrong-experiment', details, `parseExperiment: ${reason}`, { cause });
  }
}
