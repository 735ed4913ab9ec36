import type { Case, Edit, Moment } from './case.js';

/** Steps that can be undone. */
const most = 200;

// Each function takes a case and returns the fields that change.

/** Changes what is set, so that all that `item` has can be had back. */
export function withEdit(item: Case, edit: Edit): Partial<Case> {
  if (!item.edit) return { edit };
  return { edit, undo: [...item.undo, momentOf(item)].slice(-most), redo: [] };
}

export function undone(item: Case): Partial<Case> {
  const before = item.undo.at(-1);
  return before ? { ...before, undo: item.undo.slice(0, -1), redo: [...item.redo, momentOf(item)] } : {};
}

export function redone(item: Case): Partial<Case> {
  const after = item.redo.at(-1);
  return after ? { ...after, undo: [...item.undo, momentOf(item)], redo: item.redo.slice(0, -1) } : {};
}

/** What undo brings back of a case. */
export function momentOf({ edit, refined, step, curve, look }: Case): Moment {
  return { edit, refined, step, curve, look };
}

/** Whether two edits say the same. */
export function sameEdit(a: Edit, b: Edit): boolean {
  const names = Object.keys(a.parameters);
  return (
    names.every((name) => a.parameters[name] === b.parameters[name]) &&
    a.locks.length === b.locks.length &&
    a.locks.every((name) => b.locks.includes(name))
  );
}
