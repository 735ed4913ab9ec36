import type { ParametricSurface } from '@kanrecon/geometry';
import { type BestPossibleOptions, type BestPossibleScores, bestPossibleScores } from './best-possible-scores.js';
import type { Identifiability } from './identifiability-result.js';

/**
 * The {@link bestPossibleScores} of images that `identifiability` has looked at; `null` where something is undecided: what a finer look
 * would find can move all of them, so that even bounds would promise too much.
 *
 * @throws as `bestPossibleScores` does
 */
export function decidedScores(
  surface: Pick<ParametricSurface, 'parameters'>,
  found: Identifiability,
  options: BestPossibleOptions = {},
): BestPossibleScores | null {
  return found.undecided > 0 ? null : bestPossibleScores(surface, found, options);
}
