import type { Vector3 } from '@kanrecon/render';
import type { DrawnLight } from '@kanrecon/scene';
import type { Case, Edit } from '../state/case.js';
import { redone, sameEdit, undone, withEdit } from '../state/edits.js';
import { type Look, sameLook } from '../state/look.js';
import { middles } from '../state/middles.js';
import { currentEstimate, shown } from '../state/shown.js';
import { cases, current, updateCase } from '../state/store.js';

/** What was set before a slider is dragged; one drag is one step of undo. */
let before:
  | { readonly id: number; readonly edit: Edit; readonly look: Look | undefined; readonly seen: Look | undefined }
  | undefined;

/** Moves a parameter, as long as a slider is held. */
export function dragParameter(name: string, value: number): void {
  drag(({ edit }) => ({ edit: { ...edit, parameters: { ...edit.parameters, [name]: value } } }));
}

/** Paints the object, as long as the colour is chosen; a pattern that covers its colour gives way. @param baseColor linear RGB */
export function dragColor(baseColor: Vector3): void {
  const covered = shown.value?.scene.pattern === 'hue-wheel';
  drag(({ look }) => ({ look: { ...look, baseColor, ...(covered && { pattern: 'plain' }) } }));
}

/** Changes the light, as long as a slider is held. */
export function dragLight(change: Partial<DrawnLight>): void {
  const { light } = shown.value?.view ?? {};
  if (light) drag(({ look }) => ({ look: { ...look, light: { ...light, ...change } } }));
}

function drag(change: (item: Case & { readonly edit: Edit }) => Partial<Case>): void {
  const item = current.value;
  if (!item?.edit || item.phase === 'refining') return;
  const { id, edit, look } = item;
  if (before && before.id !== id) endDrag();
  if (!before) before = { id, edit, look, seen: shownLook() };
  // What a person has set is kept, whichever model the verdict, which may still be looked for, finds better.
  updateCase(id, { byHand: true, ...change({ ...item, edit }) });
}

/** A slider is let go, or something else is done while a colour is still being chosen: what was dragged can be undone. */
export function endDrag(): void {
  const start = before;
  before = undefined;
  const item = cases.value.find(({ id }) => id === start?.id);
  if (!item?.edit || !start) return;
  const { edit, look, seen } = start;
  // Another case's look cannot be seen any more.
  const looks = item.id === current.value?.id ? [seen, shownLook()] : [look, item.look];
  const moved = !sameEdit(edit, item.edit) || !sameLook(looks[0], looks[1]);
  updateCase(item.id, moved ? withEdit({ ...item, edit, look }, item.edit) : { look });
}

/** All that the object's look is at this moment, wherever it comes from. */
function shownLook(): Look | undefined {
  if (!shown.value) return undefined;
  const { scene, view, baseColor } = shown.value;
  return { pattern: scene.pattern, cameraAngles: view.cameraAngles, light: view.light, baseColor };
}

/** Sets a parameter at once, as by a number that is typed. */
export function setParameter(name: string, value: number): void {
  dragParameter(name, value);
  endDrag();
}

/** Locks a parameter's value, which refinement then keeps, or frees it. */
export function toggleLock(name: string): void {
  endDrag();
  const item = current.value;
  if (!item?.edit || item.phase === 'refining') return;
  const { locks, parameters } = item.edit;
  const changed = locks.includes(name) ? locks.filter((other) => other !== name) : [...locks, name];
  updateCase(item.id, { byHand: true, ...withEdit(item, { parameters, locks: changed }) });
}

/** Everything as the estimate says, nothing locked; of a surface by itself the middles of the ranges. */
export function resetToEstimate(): void {
  endDrag();
  const item = current.value;
  const parameters = currentEstimate.value?.parameters ?? (item?.surface && middles(item.surface));
  if (!item?.edit || !parameters || item.phase === 'refining') return;
  const edit: Edit = { parameters, locks: [] };
  if (sameEdit(edit, item.edit) && !item.step && !item.look) return;
  updateCase(item.id, { step: undefined, look: undefined, ...withEdit(item, edit) });
}

export function undo(): void {
  endDrag();
  const item = current.value;
  if (item && item.phase !== 'refining') updateCase(item.id, undone(item));
}

export function redo(): void {
  endDrag();
  const item = current.value;
  if (item && item.phase !== 'refining') updateCase(item.id, redone(item));
}
