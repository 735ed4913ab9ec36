import { normalizeParameters, type ParametricSurface } from '@kanrecon/geometry';
import type { Case } from '../state/case.js';
import type { RefineBegin } from '../worker/protocol.js';

/** Standard deviation, in ranges, of a parameter of which nothing is known: that of a uniform distribution. */
const unknown = 0.29;

/**
 * Where to begin: where it was stopped, else from the network's answer, also where something was found before. What an image itself led to
 * is never handed over as if it had been known before it: on a spoiled image refinement weighs its start with what the image tells, and
 * the image, and a lock since withdrawn, would count twice.
 *
 * @param surface of the case's model
 */
export function refineBegin(
  { model, step, answers }: Pick<Case, 'model' | 'step' | 'answers'>,
  surface: ParametricSurface,
): RefineBegin {
  // A search is begun anew: its best guess so far may be anything.
  if (step?.phase !== 'fit') return answers.find((one) => one.model === model)?.start ?? {};
  const { view, baseColor, parameters } = step;
  const normalized = [...normalizeParameters(surface, parameters)];
  return { normalized, spread: normalized.map(() => unknown), cameraAngles: view.cameraAngles, baseColor };
}
