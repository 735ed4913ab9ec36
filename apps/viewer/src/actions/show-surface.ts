import type { ParametricSurface } from '@kanrecon/geometry';
import { type Edit, newCase } from '../state/case.js';
import { middles } from '../state/middles.js';
import { type Mode, mode, surfaceCase, typedSurface, updateCase } from '../state/store.js';
import { ownSurfaceName } from '../surfaces/parse-surface-text.js';

/** Shows a surface with the middles of its ranges, or with what was set of parameters of the same names. */
export function showSurface(surface: ParametricSurface): void {
  if (surface.name === ownSurfaceName) typedSurface.value = surface;
  const before = surfaceCase.value;
  const name = surface.name.replaceAll('-', ' ');
  if (before?.surface?.name === surface.name) {
    updateCase(before.id, { surface, edit: editOf(surface, before.edit), undo: [], redo: [] });
    return;
  }
  surfaceCase.value = newCase({ name, origin: { kind: 'surface' }, phase: 'ready', surface, edit: editOf(surface) });
}

/** Switches to another use of the page. @param first surface that is shown by itself */
export function showMode(wanted: Mode, first: ParametricSurface): void {
  mode.value = wanted;
  if (wanted === 'surface' && !surfaceCase.value) showSurface(first);
}

function editOf({ parameters }: ParametricSurface, before?: Edit): Edit {
  const values = middles({ parameters });
  for (const { name, min, max } of parameters) {
    const value = before?.parameters[name];
    if (value !== undefined && value >= min && value <= max) values[name] = value;
  }
  return { parameters: values, locks: [] };
}
