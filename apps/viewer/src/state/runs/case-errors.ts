import { placeOf, type RunCase } from './cases.js';
import { refinedError } from './refined-error.js';
import type { ScoredRun } from './scatters.js';

/** How wrong a network is about a case. */
export interface CaseError {
  readonly run: ScoredRun;
  /** A sentence. */
  readonly words: string;
}

/** How wrong each network is about a case, and what refinement made of its answer. */
export function caseErrors({ key }: RunCase, scored: readonly ScoredRun[]): readonly CaseError[] {
  return scored.map((run) => {
    const { evaluation } = run;
    const at = placeOf(evaluation, key);
    const prediction = at === undefined ? undefined : evaluation.predictions[at];
    if (!prediction) return { run, words: 'not among its images.' };
    const after = refinedError(evaluation, prediction);
    const ofReal = evaluation.parameters.some((one) => one.ofReal) ? ', as shares of the range of the real values' : '';
    const refined = prediction.refined?.found
      ? `found: the rendering explains the image`
      : 'not found: the rendering does not explain the image';
    return {
      run,
      words: `RMSE ${prediction.rmse.toFixed(3)} on the normalised parameters${
        after === undefined ? '.' : `, ${after.toFixed(3)} after refinement${ofReal}; ${refined}.`
      }`,
    };
  });
}
