import type { Case, Edit } from './case.js';

/** Steps that can be undone. */
const most = 200;

// Each function takes a case and returns the fields that change.

/** Changes what is set by hand; `record`: so that the state before can be undone. */
export function withEdit(item: Case, edit: Edit, record = true): Partial<Case> {
  if (!record || !item.edit) return { edit };
  return { edit, undo: [...item.undo, item.edit].slice(-most), redo: [] };
}

export function undone({ undo, redo, edit }: Case): Partial<Case> {
  const before = undo.at(-1);
  return before && edit ? { edit: before, undo: undo.slice(0, -1), redo: [...redo, edit] } : {};
}

export function redone({ undo, redo, edit }: Case): Partial<Case> {
  const after = redo.at(-1);
  return after && edit ? { edit: after, undo: [...undo, edit], redo: redo.slice(0, -1) } : {};
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
