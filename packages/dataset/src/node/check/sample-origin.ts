import type { Sample } from '../../sample.js';
import type { SynthesisSettings } from '../manifest-schema.js';
import { drawsTheSame } from '../package-versions.js';

/**
 * What made a sample's image:
 *
 * - `drawn`: our renderer, as installed; it draws the same again to the byte
 * - `blender`: Blender, from the label that the settings draw
 * - `elsewhere`: something else, or another version of our renderer
 */
export type SampleOrigin = 'drawn' | 'blender' | 'elsewhere';

/** Tells what made the samples of a data set, which may hold images of other origin beside those of its settings. */
export function originsBy(
  settings: SynthesisSettings | undefined,
): (sample: Pick<Sample, 'shape' | 'view'>) => SampleOrigin {
  if (!settings) return () => 'elsewhere';
  const made = settings.renderer ? 'blender' : drawsTheSame(settings) ? 'drawn' : 'elsewhere';
  return ({ shape, view }) => (shape < settings.shapes && view < settings.viewsPerShape ? made : 'elsewhere');
}
