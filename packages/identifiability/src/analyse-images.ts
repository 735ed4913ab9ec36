import type { SurfaceParameter } from '@kanrecon/geometry';
import { checkLaw } from './check-law.js';
import { countDirections, hiddenDirections } from './count-directions.js';
import { drawSpectrum } from './draw-spectrum.js';
import { drawWeight } from './draw-weight.js';
import { findLaws } from './find-laws.js';
import type { CheckedLaw, ImageAnalysis } from './identifiability-result.js';
import type { ImageDraw } from './image-draws.js';
import type { InvisibleLaw } from './invisible-law.js';
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

  const checked = new Map<InvisibleLaw, CheckedLaw>();
  const holds = async (law: InvisibleLaw) => {
    const found = await checkLaw(law, measured, parameters, tolerance, signal);
    if (found) checked.set(law, found);
    return found !== undefined;
  };
  const lawDraws = measured.map(({ at, jacobian }) => {
    return { at, gram: jacobian.gram, weight: drawWeight(jacobian, active) };
  });
  const hidden = hiddenDirections(spectra) - invisible.length;
  const found = await findLaws({ draws: lawDraws, parameters, active, hidden, holds });
  const laws = found.map((law) => checked.get(law)!);

  const { unexplained, undecided } = countDirections(spectra, invisible.length, laws.length);
  const analysis = {
    parameters: parameterVisibility(parameters, measurements, { invisible, laws, undecided }),
    invisible: invisible.map((index) => parameters[index].name),
    laws,
    combinations: undecided > 0 ? [] : visibleCombinations(laws, parameters),
    unexplained,
    undecided,
    spectra,
  };
  return { ...analysis, summary: summarise(analysis) };
}
