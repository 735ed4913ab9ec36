import { TrainingError } from '@kanrecon/training';
import { ViewerError } from '../../image/viewer-error.js';
import { withoutFunction } from '../sentence-of.js';

/** A training's failure in a sentence that says what to do; other errors as they are. */
export function explained(error: unknown): unknown {
  if (!(error instanceof TrainingError)) return error;
  return new ViewerError(sentenceFor(error), { cause: error });
}

function sentenceFor(error: TrainingError): string {
  if (error.is('loss-not-finite')) {
    const { epoch, step, learningRate } = error.details;
    return `The loss stopped being a number in epoch ${epoch}, step ${step}; train anew with a lower learning rate than ${learningRate}, under “More settings”.`;
  }
  if (error.is('out-of-memory')) {
    const { batchSize, imageSize } = error.details;
    return `There is not enough memory for ${batchSize} images of ${imageSize} pixels at once; train anew with fewer images a step, or smaller ones, under “More settings”.`;
  }
  if (error.is('worker-failed')) {
    return `A part of this page that draws images has stopped (${error.details.reason}); go on with the training, which is kept up to its last epoch.`;
  }
  if (error.is('undrawable-object')) {
    return `An object of this surface cannot be drawn: ${error.details.reason}; narrow the ranges of its parameters.`;
  }
  if (error.is('nothing-fits')) {
    return `No weight of ${error.details.source} fits ${error.details.network}; choose the backbone that the model has, or begin from random weights.`;
  }
  if (error.is('unusable-checkpoint')) {
    return `The training cannot go on: ${error.details.reason}; delete it and begin anew.`;
  }
  return `That cannot be trained: ${withoutFunction(error.message)}.`;
}
