import {
  describeRefined,
  type RefinedScores,
  refinedChanges,
  refinedHeaders,
  refinedRows,
} from '@kanrecon/training/report';
import { countOf } from '../ui/count-of.js';
import { fixed, undefinedScoreNote } from '../ui/fixed.js';
import { formatTable } from '../ui/format-table.js';
import { coverageTable } from './coverage-table.js';

/** What refinement gained, in a line: of what shows whole, or of the visible parameters where nothing does. */
export function describeGain({ images, shown, network, scores }: RefinedScores): string {
  const [before, after, of] =
    shown.names.length > 0
      ? [shown.r2Network, shown.r2Refined, `what shows (${shown.names.join(', ')})`]
      : [network.r2Visible, scores.r2Visible, countOf(network.visible.length, 'visible parameter')];
  return `Network R² ${fixed(before, 3)} → refined R² ${fixed(after, 3)} of ${of}, on ${countOf(images, 'test image')}.`;
}

/** Scores before and after refinement, and what its intervals are worth, as text for the terminal. */
export function refinedTables(scores: RefinedScores): string {
  const { scores: refined, coverage, images } = scores;
  const rows = refinedRows(scores).map(({ name, mae, rmse, r2, r2Shown, camera }) => [
    name,
    ...[mae, rmse, r2, r2Shown].map((value) => fixed(value, 4)),
    fixed(camera, 2),
  ]);
  const each = refinedChanges(scores).map(({ name, mae, r2 }) => [
    name,
    ...[mae.network, mae.refined, r2.network, r2.refined].map((value) => fixed(value, 4)),
  ]);
  return [
    describeRefined(scores),
    formatTable(['', ...refinedHeaders], rows),
    undefinedScoreNote(refined.r2, images),
    formatTable(['', 'MAE network', 'refined', 'R² network', 'refined'], each),
    coverageTable(coverage),
  ]
    .filter(Boolean)
    .join('\n\n');
}
