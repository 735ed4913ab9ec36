import { escapeHtml, scoreTable } from '@kanrecon/training/report';
import type { RefinedScores } from '../evaluation/refined-scores.js';
import { describeRefined, refinedHeaders, refinedRows } from '../evaluation/refined-tables.js';
import { fixed } from '../ui/fixed.js';

/** Scores before and after refinement: both together, then by parameter and combination with what the intervals hold. */
export function refinedSection(scores: RefinedScores): string {
  const { network, scores: refined, coverage } = scores;
  const both = refinedRows(scores).map(({ name, mae, rmse, r2, r2Shown, camera }) =>
    tableRow([name, ...[mae, rmse, r2, r2Shown].map((value) => fixed(value, 3)), fixed(camera, 2)]),
  );
  const before = [...network.perParameter, ...network.combinations];
  const after = [...refined.perParameter, ...refined.combinations];
  const each = before.map(({ name, mae, r2 }, i) => {
    const held = ['50', '90'].map((level) => {
      const found = coverage.find((row) => row.name === name)?.levels[level];
      return found ? `${Math.round(100 * found.coverage)} %` : '';
    });
    const numbers = [mae, after[i]!.mae, r2, after[i]!.r2].map((value) => fixed(value, 3));
    return tableRow([name, ...numbers, ...held]);
  });
  const header = [
    '',
    'MAE, network',
    'refined',
    'R², network',
    'refined',
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
