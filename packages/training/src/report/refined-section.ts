import type { BestPossibleScores } from '@kanrecon/identifiability';
import type { RefinedScores } from '../evaluation/refined-scores.js';
import { describeRefined } from './describe-refined.js';
import { escapeHtml } from './escape-html.js';
import { fixed } from './fixed.js';
import { bestPossibleR2, refinedChanges, refinedHeaders, refinedRows } from './refined-rows.js';
import { scoreTable } from './score-table.js';

/**
 * Scores before and after refinement: both together, then by parameter and combination beside the best possible, with what the intervals hold.
 *
 * @returns HTML
 */
export function refinedSection(scores: RefinedScores, best: BestPossibleScores | null): string {
  const both = refinedRows(scores).map(({ name, mae, rmse, r2, r2Shown, camera }) =>
    tableRow([name, ...[mae, rmse, r2, r2Shown].map((value) => fixed(value, 3)), fixed(camera, 2)]),
  );
  const each = refinedChanges(scores).map((change) => {
    const { name, mae, r2, held } = change;
    const shares = [held[50], held[90]].map((share) => (share === undefined ? '' : `${Math.round(100 * share)} %`));
    const numbers = [mae.network, mae.refined, r2.network, r2.refined].map((value) => fixed(value, 3));
    return tableRow([name, ...numbers, ...(best ? [bestPossibleR2(change, best)] : []), ...shares]);
  });
  const header = [
    '',
    'MAE, network',
    'refined',
    'R², network',
    'refined',
    ...(best ? ['best possible'] : []),
    'truths in 50 % intervals',
    'in 90 % intervals',
  ];
  return `<h3 class="refined">Before and after refinement</h3>
<p class="soft">${escapeHtml(describeRefined(scores))}</p>
${scoreTable(['', ...refinedHeaders], both, 'spread')}
${scoreTable(header, each, 'spread')}`;
}

function tableRow(cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`;
}
