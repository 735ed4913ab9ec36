import { existsSync } from 'node:fs';
import { TrainingError } from '@kanrecon/training/names';
import { runFolder } from '@kanrecon/training/node';
import { UserError } from './user-error.js';

/** Says of a training in `out` that ends by itself what is left, and how to go on; other errors pass. */
export function explainRunFailure(out: string) {
  return (error: unknown): never => {
    if (!(error instanceof TrainingError)) throw error;
    const { path, best } = runFolder(out);
    if (error.is('worker-failed')) {
      const { epoch, step, reason } = error.details;
      const message = `training stopped in epoch ${epoch}, step ${step}: ${reason}; go on from the last checkpoint with kanrecon train --out ${path} --resume.`;
      throw Object.assign(new Error(message, { cause: error }), { code: error.code });
    }
    if (error.is('no-run') && (error.details.parts ?? []).length > 0) {
      throw new UserError(
        `${out} is a run folder whose config.json is missing, without which its training cannot go on; put a copy of it there, or choose another --out to train anew.`,
        { code: error.code, cause: error },
      );
    }
    if (!error.is('loss-not-finite')) throw error;
    const { value, epoch, step, bestEpoch, learningRate, weightDecay } = error.details;
    const rest = existsSync(best)
      ? `${best} keeps the best epoch${bestEpoch ? `, ${bestEpoch},` : ''} before that; to train anew, choose another --out`
      : `there is no good checkpoint yet, so delete ${path} or choose another --out, and train again`;
    throw new UserError(
      `training stopped: the loss became ${value} in epoch ${epoch}, step ${step}; ${rest} with a lower --learning-rate than ${learningRate} (or another --weight-decay than ${weightDecay}).`,
      { code: error.code, cause: error },
    );
  };
}
