import type { RunPrediction } from '@kanrecon/training/report';
import type { ViewerEvaluation } from './viewer-run.js';

/** Root mean squared error of what refinement made of an answer, on the normalised parameters as `rmse` is; undefined where it was not refined. */
export function refinedError(
  { parameters }: Pick<ViewerEvaluation, 'parameters'>,
  { real, refined }: Pick<RunPrediction, 'real' | 'refined'>,
): number | undefined {
  if (!refined) return undefined;
  const squares = parameters.map(
    ({ name, min, max }) => ((refined.values[name]!.mean - real[name]!) / (max - min || 1)) ** 2,
  );
  return Math.sqrt(squares.reduce((sum, value) => sum + value, 0) / squares.length);
}
