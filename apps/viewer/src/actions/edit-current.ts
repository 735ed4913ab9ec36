import type { Edit } from '../state/case.js';
import { redone, sameEdit, undone, withEdit } from '../state/edits.js';
import { middles } from '../state/middles.js';
import { currentEstimate } from '../state/shown.js';
import { current, updateCase } from '../state/store.js';

/** What was set before a slider is dragged; one drag is one step of undo. */
let before: { readonly id: number; readonly edit: Edit } | undefined;

/** Moves a parameter, as long as a slider is held. */
export function dragParameter(name: string, value: number): void {
  const item = current.value;
  if (!item?.edit || item.phase === 'refining') return;
  if (before?.id !== item.id) before = { id: item.id, edit: item.edit };
  // What a person has set is kept, whichever model the verdict, which may still be looked for, finds better.
  updateCase(item.id, {
    byHand: true,
    edit: { ...item.edit, parameters: { ...item.edit.parameters, [name]: value } },
  });
}

/** A slider is let go: what was dragged can be undone. */
export function endDrag(): void {
  const item = current.value;
  const start = before;
  before = undefined;
  if (!item?.edit || !start || start.id !== item.id || sameEdit(start.edit, item.edit)) return;
  updateCase(item.id, withEdit({ ...item, edit: start.edit }, item.edit));
}

/** Sets a parameter at once, as by a number that is typed. */
export function setParameter(name: string, value: number): void {
  dragParameter(name, value);
  endDrag();
}

/** Locks a parameter's value, which refinement then keeps, or frees it. */
export function toggleLock(name: string): void {
  const item = current.value;
  if (!item?.edit || item.phase === 'refining') return;
  const { locks, parameters } = item.edit;
  const changed = locks.includes(name) ? locks.filter((other) => other !== name) : [...locks, name];
  updateCase(item.id, { byHand: true, ...withEdit(item, { parameters, locks: changed }) });
}

/** Everything as the estimate says, nothing locked; of a surface by itself the middles of the ranges. */
export function resetToEstimate(): void {
  const item = current.value;
  const parameters = currentEstimate.value?.parameters ?? (item?.surface && middles(item.surface));
  if (!item?.edit || !parameters || item.phase === 'refining') return;
  const edit: Edit = { parameters, locks: [] };
  if (sameEdit(edit, item.edit) && !item.step && !item.linked) return;
  updateCase(item.id, { step: undefined, linked: undefined, ...withEdit(item, edit) });
}

export function undo(): void {
  const item = current.value;
  if (item && item.phase !== 'refining') updateCase(item.id, undone(item));
}

export function redo(): void {
  const item = current.value;
  if (item && item.phase !== 'refining') updateCase(item.id, redone(item));
}
