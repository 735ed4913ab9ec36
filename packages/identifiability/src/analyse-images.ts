import type { SurfaceParameter } from '@kanrecon/geometry';
import { checkLaw } from './check-law.js';
import { countDirections, hiddenDirections } from './count-directions.js';
import { drawSpectrum } from './draw-spectrum.js';
import { drawWeight } from './draw-weight.js';
import { findInvariances } from './find-invariances.js';
import type { CheckedInvariance, ImageAnalysis } from './identifiability-result.js';
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

  const { unexplained, undecided } = countDirections(spectra, invisible.length, invariances.length);
  const analysis = {
    parameters: parameterVisibility(parameters, measurements, { invisible, invariances, undecided }),
    invisible: invisible.map((index) => parameters[index].name),
    invariances,
    combinations: undecided > 0 ? [] : visibleCombinations(invariances, parameters),
    unexplained,
    undecided,
    spectra,
  };
  return { ...analysis, summary: summarise(analysis) };
}
