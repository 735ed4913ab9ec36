import type { RunPrediction } from '@kanrecon/training/report';
import type { ViewerEvaluation } from './viewer-run.js';

/** How cases are gone through. */
export type CaseOrder = 'worst' | 'best' | 'number';

/** One image, whatever networks have answered it. */
export interface RunCase {
  readonly key: string;
  readonly image: string;
  readonly shape: number;
  readonly view: number;
  readonly real: Readonly<Record<string, number>>;
  /** Mean of the errors of all that answered it: root mean squared, on the normalised parameters. */
  readonly rmse: number;
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

/** All cases of some evaluations, each once. */
export function casesOf(evaluations: readonly ViewerEvaluation[], order: CaseOrder): readonly RunCase[] {
  const found = new Map<string, { prediction: RunPrediction; errors: number[] }>();
  for (const evaluation of evaluations) {
    for (const prediction of evaluation.predictions) {
      const key = caseKey(evaluation, prediction);
      const before = found.get(key);
      if (before) before.errors.push(prediction.rmse);
      else found.set(key, { prediction, errors: [prediction.rmse] });
    }
  }
  const cases = [...found].map(
    ([
      key,
      {
        prediction: { image, shape, view, real },
        errors,
      },
    ]) => ({
      ...{ key, image, shape, view, real },
      rmse: errors.reduce((sum, value) => sum + value, 0) / errors.length,
    }),
  );
  const byNumber = (a: RunCase, b: RunCase) => a.shape - b.shape || a.view - b.view || (a.key < b.key ? -1 : 1);
  if (order === 'number') return cases.sort(byNumber);
  const sign = order === 'worst' ? -1 : 1;
  return cases.sort((a, b) => sign * (a.rmse - b.rmse) || byNumber(a, b));
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
