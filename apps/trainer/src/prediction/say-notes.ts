import type { Ui } from '../ui/ui.js';

const shownNotes = 5;

/** Says which files beside images are no labels, and of many how many. */
export function sayNotes(notes: readonly string[], ui: Ui): void {
  for (const line of notes.slice(0, shownNotes)) ui.note(line);
  const more = notes.length - shownNotes;
  if (more > 0)
    ui.note(`… and ${more} more ${more === 1 ? 'file that is no label' : 'files that are no labels'} of ours.`);
}
