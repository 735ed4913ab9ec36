import { type ParametricSurface, tessellate } from '@kanrecon/geometry';
import { ViewerError } from '../image/viewer-error.js';
import { drawnFormula } from '../state/formula.js';
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
    const surface = await typedSurfaceOf(text);
    if (!stale()) {
      drawnFormula.value = text;
      showSurface(surface);
    }
    return '';
  } catch (error) {
    return (error as ViewerError).message;
  }
}

/** The surface that a text describes, tried out. @throws ViewerError with what is wrong with it, in a sentence */
export async function typedSurfaceOf(text: string): Promise<ParametricSurface> {
  try {
    const definition = parseSurfaceText(text);
    // Loaded when it is needed: it brings a parser along.
    const { surfaceFromFormulas } = await import('@kanrecon/geometry/formulas');
    const surface = surfaceFromFormulas(definition);
    tessellate(surface, middles(surface), { uSteps: 24, vSteps: 24 });
    return surface;
  } catch (error) {
    if (error instanceof ViewerError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new ViewerError(`${withoutFunction(message)}.`, { cause: error });
  }
}
