import { drawnFormula, formulaOpen, formulaText } from '../state/formula.js';
import { mode, orbit, surfaceCase, updateCase } from '../state/store.js';
import { parseSurfaceLink } from '../state/surface-link.js';
import { showSurface } from './show-surface.js';
import { typedSurfaceOf } from './surface-of-text.js';

/**
 * Shows the surface by itself that a link is to.
 *
 * @param hash as an address has it
 * @returns false where it is no link to one
 * @throws ViewerError naming what is wrong with it
 */
export async function openSurfaceLink(hash: string): Promise<boolean> {
  const link = await parseSurfaceLink(hash, typedSurfaceOf);
  if (!link) return false;
  const { surface, formula, parameters, baseColor, light, pattern } = link;
  mode.value = 'surface';
  orbit.value = link.orbit;
  formulaOpen.value = formula !== undefined;
  if (formula !== undefined) {
    formulaText.value = formula;
    drawnFormula.value = formula;
  }
  showSurface(surface);
  const look = { ...(baseColor && { baseColor }), ...(light && { light }), ...(pattern && { pattern }) };
  updateCase(surfaceCase.value!.id, {
    ...{ edit: { parameters, locks: [] }, undo: [], redo: [] },
    look: Object.keys(look).length > 0 ? look : undefined,
  });
  return true;
}
