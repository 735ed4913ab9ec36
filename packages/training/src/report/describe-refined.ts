import type { RefinedScores } from '../evaluation/refined-scores.js';
import { countOf } from './count-of.js';

/** What refinement took, how many images it explains, and what is scored, in sentences. */
export function describeRefined(scores: RefinedScores): string {
  const { images, found, budget, renderings, secondsPerImage, shown } = scores;
  const whole = shown.names.length > 0 ? ` What shows whole: ${shown.names.join(', ')}.` : '';
  return `${countOf(images, 'image')} refined by rendering: found in ${found} (${Math.round((100 * found) / images)} %), ${Math.round(renderings)} renderings (budget ${budget}) and ${secondsPerImage.toFixed(1)} s of a thread an image. Refined values are posterior means; scores by parameter are normalised, and together over the ${countOf(scores.network.visible.length, 'visible parameter')}.${whole}`;
}
