import { mean, type RunPrediction } from '@kanrecon/training/report';
import { refinedError } from './refined-error.js';
import type { ViewerEvaluation } from './viewer-run.js';

/** How cases are gone through. */
export type CaseOrder = 'worst' | 'best' | 'refined' | 'number';

/** One image, whatever networks have answered it. */
export interface RunCase {
  readonly key: string;
  readonly image: string;
  readonly shape: number;
  readonly view: number;
  readonly real: Readonly<Record<string, number>>;
  /** Mean of the errors of all that answered it: root mean squared, on the normalised parameters. */
  readonly rmse: number;
  /** The same after refinement, of those that were refined. */
  readonly refinedRmse?: number;
}

/**
 * The same for the same image, whichever network has answered it: evaluations name data sets by where they lie as seen from their own
 * folder, which differs from run to run, and two data sets have images of the same names; what they really show tells them apart. Shapes
 * that two scenes draw from one seed have the same values and look different: the scene tells these apart.
 */
export function caseKey({ scene }: Pick<ViewerEvaluation, 'scene'>, prediction: RunPrediction): string {
  const { image, shape, view, real } = prediction;
  const values = Object.values(real).map((value) => Number(value.toPrecision(9)));
  return JSON.stringify([scene, image, shape, view, ...values]);
}

/** All cases of some evaluations, each once. Of those by their error after refinement the others come last. */
export function casesOf(evaluations: readonly ViewerEvaluation[], order: CaseOrder): readonly RunCase[] {
  const found = new Map<string, { prediction: RunPrediction; errors: number[]; refined: number[] }>();
  for (const evaluation of evaluations) {
    for (const prediction of evaluation.predictions) {
      const key = caseKey(evaluation, prediction);
      const one = found.get(key) ?? { prediction, errors: [], refined: [] };
      found.set(key, one);
      one.errors.push(prediction.rmse);
      const after = refinedError(evaluation, prediction);
      if (after !== undefined) one.refined.push(after);
    }
  }
  const cases = [...found].map(([key, { prediction, errors, refined }]): RunCase => {
    const { image, shape, view, real } = prediction;
    return {
      ...{ key, image, shape, view, real, rmse: mean(errors) },
      ...(refined.length > 0 && { refinedRmse: mean(refined) }),
    };
  });
  const byNumber = (a: RunCase, b: RunCase) => a.shape - b.shape || a.view - b.view || (a.key < b.key ? -1 : 1);
  if (order === 'number') return cases.sort(byNumber);
  const sign = order === 'best' ? 1 : -1;
  const byError = (a: RunCase, b: RunCase) => sign * (a.rmse - b.rmse) || byNumber(a, b);
  if (order !== 'refined') return cases.sort(byError);
  const after = ({ refinedRmse = -1 }: RunCase) => refinedRmse;
  return cases.sort((a, b) => after(b) - after(a) || byError(a, b));
}

const indices = new WeakMap<ViewerEvaluation, ReadonlyMap<string, number>>();

/** The place of a case among an evaluation's predictions; undefined where it is none of its images. */
export function placeOf(evaluation: ViewerEvaluation, key: string): number | undefined {
  let index = indices.get(evaluation);
  if (!index) {
    index = new Map(evaluation.predictions.map((prediction, i) => [caseKey(evaluation, prediction), i]));
    indices.set(evaluation, index);
  }
  return index.get(key);
}
