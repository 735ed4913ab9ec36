import { typicalView } from '@kanrecon/scene';
import { formatLink } from '../state/link.js';
import { sameLook } from '../state/look.js';
import { heldBack, shown } from '../state/shown.js';
import { current, notify, orbit } from '../state/store.js';
import { keptModels } from '../state/training.js';

/** Puts a link to the current object into the address bar and onto the clipboard. */
export async function shareLink(): Promise<void> {
  const [item, object] = [current.value, shown.value];
  if (!item || !object?.model || heldBack.value) return;
  const { origin, edit } = item;
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
  history.replaceState(null, '', `#${hash}`);
  const image = origin.kind === 'file' ? ' It restores the object; the image itself stays with you.' : '';
  try {
    await navigator.clipboard.writeText(location.href);
    notify('note', `The link is copied.${image}`);
  } catch {
    notify('note', `The link is in the address bar, to be copied from there.${image}`);
  }
}
