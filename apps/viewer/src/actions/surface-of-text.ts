import { tessellate } from '@kanrecon/geometry';
import { ViewerError } from '../image/viewer-error.js';
import { middles } from '../state/middles.js';
import { parseSurfaceText } from '../surfaces/parse-surface-text.js';
import { withoutFunction } from '../worker/sentence-of.js';
import { showSurface } from './show-surface.js';

/**
 * Shows the surface that a text describes.
 *
 * @param stale whether something else is wanted meanwhile: nothing is shown then
 * @returns what is wrong with the text, in a sentence; nothing where all is well
 */
export async function surfaceOfText(text: string, stale: () => boolean): Promise<string> {
  try {
    const definition = parseSurfaceText(text);
    // Loaded when it is needed: it brings a parser along.
    const { surfaceFromFormulas } = await import('@kanrecon/geometry/formulas');
    const surface = surfaceFromFormulas(definition);
    tessellate(surface, middles(surface), { uSteps: 24, vSteps: 24 });
    if (!stale()) showSurface(surface);
    return '';
  } catch (error) {
    if (error instanceof ViewerError) return error.message;
    const message = error instanceof Error ? error.message : String(error);
    return `${withoutFunction(message)}.`;
  }
}
