import type { ParametricSurface } from '@kanrecon/geometry';
import { typicalView } from '@kanrecon/scene';
import type { Case } from '../state/case.js';
import { drawnFormula } from '../state/formula.js';
import { formatLink } from '../state/link.js';
import { sameLook } from '../state/look.js';
import { middles } from '../state/middles.js';
import { heldBack, shown } from '../state/shown.js';
import { current, notify, orbit } from '../state/store.js';
import { formatSurfaceLink } from '../state/surface-link.js';
import { keptModels } from '../state/training.js';
import { ownSurfaceName } from '../surfaces/parse-surface-text.js';

/** Puts a link to the current object into the address bar and onto the clipboard. */
export async function shareLink(): Promise<void> {
  const [item, object] = [current.value, shown.value];
  if (!item || !object || heldBack.value) return;
  const { origin, edit, surface } = item;
  if (surface) return offer(surfaceHash(item, surface), '');
  if (!object.model) return;
  if (keptModels.value.some(({ name }) => name === item.model)) {
    notify(
      'note',
      'Only this browser has the model that found this object, so a link would open nowhere else; save it as a file.',
    );
    return;
  }
  const { model, view, scene } = object;
  const usual = typicalView(model.scene, view.cameraAngles);
  const hash = formatLink({
    model: model.name,
    parameters: object.parameters,
    locks: edit?.locks ?? [],
    cameraAngles: view.cameraAngles,
    baseColor: object.baseColor,
    ...(!sameLook({ light: usual.light }, { light: view.light }) && { light: view.light }),
    ...(scene.pattern !== model.scene.pattern && { pattern: scene.pattern }),
    ...(origin.kind === 'sample' && { sample: { scene: origin.scene, seed: origin.seed } }),
    ...(orbit.value && { orbit: orbit.value }),
  });
  await offer(hash, origin.kind === 'file' ? ' It restores the object; the image itself stays with you.' : '');
}

/** A surface by itself: its values, what was set of its look, and from where it is seen. */
function surfaceHash({ edit, look }: Case, surface: ParametricSurface): string {
  return formatSurfaceLink({
    surface,
    ...(surface.name === ownSurfaceName && { formula: drawnFormula.value }),
    parameters: edit?.parameters ?? middles(surface),
    ...(look?.baseColor && { baseColor: look.baseColor }),
    ...(look?.light && { light: look.light }),
    ...(look?.pattern && { pattern: look.pattern }),
    ...(orbit.value && { orbit: orbit.value }),
  });
}

/** Into the address bar and onto the clipboard. */
async function offer(hash: string, image: string): Promise<void> {
  history.replaceState(null, '', `#${hash}`);
  try {
    await navigator.clipboard.writeText(location.href);
    notify('note', `The link is copied.${image}`);
  } catch {
    notify('note', `The link is in the address bar, to be copied from there.${image}`);
  }
}
