import type { SurfaceParameter } from '@kanrecon/geometry';
import { checkLaw } from './check-law.js';
import { countDirections, hiddenDirections } from './count-directions.js';
import { drawSpectrum } from './draw-spectrum.js';
import { drawWeight } from './draw-weight.js';
import { findInvariances } from './find-invariances.js';
import { followUnnamed } from './follow-unnamed.js';
import type { CheckedInvariance, FollowedDirections, ImageAnalysis } from './identifiability-result.js';
import type { ImageDraw } from './image-draws.js';
import type { Invariance } from './invariance.js';
import { type MeasureOptions, measureDraws } from './measure-draws.js';
import { parameterVisibility } from './parameter-visibility.js';
import { summarise } from './summarise.js';
import { visibleCombinations } from './visible-combinations.js';

/** Finds what images tell of their parameters; the work behind `identifiability`, for any way to make images. */
export async function analyseImages(
  parameters: readonly SurfaceParameter[],
  draws: readonly ImageDraw[],
  options: MeasureOptions,
): Promise<ImageAnalysis> {
  const { tolerance, signal } = options;
  const measurements = await measureDraws(parameters, draws, options);
  const { draws: measured, endChanges } = measurements;
  const spectra = measured.map(({ at, jacobian }) => drawSpectrum(jacobian, parameters, at));
  const invisible = parameters.flatMap((_, index) => (endChanges[index] <= tolerance ? [index] : []));
  const active = parameters.flatMap((_, index) => (invisible.includes(index) ? [] : [index]));

  const checked = new Map<Invariance, CheckedInvariance>();
  const holds = async (law: Invariance) => {
    const found = await checkLaw(law, measured, parameters, tolerance, signal);
    if (found) checked.set(law, found);
    return found !== undefined;
  };
  const lawDraws = measured.map(({ at, jacobian }) => {
    return { at, gram: jacobian.gram, weight: drawWeight(jacobian, active) };
  });
  const hidden = hiddenDirections(spectra) - invisible.length;
  const found = await findInvariances({ draws: lawDraws, parameters, active, hidden, holds });
  const invariances = found.map((law) => checked.get(law)!);

  const counted = countDirections(spectra, invisible.length, invariances.length);
  const { unexplained: suspected, undecided: lost } = counted;
  const unnamed = { draws: measured, spectra, parameters, invisible, invariances, unexplained: suspected, lost };
  const followed = await followUnnamed(unnamed, options);
  const directions = (verdict: FollowedDirections['verdict']) =>
    followed.reduce((sum, group) => sum + (group.verdict === verdict ? group.directions : 0), 0);
  const unexplained = directions('invisible');
  const undecided = lost + directions('undecided');
  const analysis = {
    parameters: parameterVisibility(parameters, measurements, { invisible, invariances, followed, lost }),
    invisible: invisible.map((index) => parameters[index].name),
    invariances,
    combinations: undecided > 0 ? [] : visibleCombinations(invariances, parameters),
    unexplained,
    undecided,
    followed,
    spectra,
  };
  return { ...analysis, summary: summarise(analysis) };
}
