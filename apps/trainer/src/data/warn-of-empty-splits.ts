import { type Split, type SplitCounts, splitCounts, splits } from '@kanrecon/dataset';
import type { Ui } from '../ui/ui.js';

/** What a split is for. */
const purposes: Readonly<Record<Split, string>> = { train: 'train with', val: 'validate with', test: 'test with' };

/**
 * Warns when there are too few objects for a split that is to have some.
 *
 * @param fractions of the objects; a split of 0 is left empty on purpose
 */
export function warnOfEmptySplits(shapes: number, fractions: SplitCounts, ui: Pick<Ui, 'warn'>): void {
  const empty = emptySplits(shapes, fractions);
  if (empty.length === 0) return;
  // A whole object for the smallest part.
  const enough = Math.ceil(1 / Math.min(...splits.map((split) => fractions[split] || 1)) - 1e-9);
  const objects = shapes === 1 ? 'One object leaves' : `${shapes} objects leave`;
  const nothing = empty.map((split) => purposes[split]).join(' or ');
  ui.warn(`${objects} nothing to ${nothing}; from --shapes ${enough} on every part of --split gets some.`);
}

function emptySplits(shapes: number, fractions: SplitCounts): Split[] {
  const counts = splitCounts(shapes, fractions);
  return splits.filter((split) => fractions[split] > 0 && counts[split] === 0);
}
