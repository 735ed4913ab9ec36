import type { MetricsRow } from '../evaluation/metrics-table.js';
import { escapeHtml } from './escape-html.js';
import type { ReportScores } from './report-data.js';

/** The metrics tables. */
export function scoresSection(scores: readonly ReportScores[]): string {
  return scores.map(scoresTable).join('\n');
}

function scoresTable({ title, about, rows }: ReportScores): string {
  const withBest = rows.some(({ best }) => best !== undefined);
  const header = ['parameter', 'MAE', 'RMSE', 'R²', ...(withBest ? ['best possible R²', 'reached'] : [])];
  return `<h2>${escapeHtml(title)}</h2>
<p class="soft">${escapeHtml(about)}</p>
<div class="card scroll"><table class="scores">
<thead><tr>${header.map((cell) => `<th>${cell}</th>`).join('')}</tr></thead>
<tbody>
${rows.map((row) => tableRow(row, withBest)).join('\n')}
</tbody></table></div>`;
}

function tableRow({ name, mae, rmse, r2, best }: MetricsRow, withBest: boolean): string {
  const isSum = name === 'all' || name.startsWith('the ');
  const cells = [escapeHtml(name), ...[mae, rmse, r2].map((value) => value.toFixed(3))];
  if (withBest) cells.push(best === undefined ? '' : best.toFixed(3), reached(r2, best));
  return `<tr${isSum ? ' class="sum"' : ''}>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

/** The share of the best possible score, as a bar; nothing where an image shows nothing. */
function reached(r2: number, best: number | undefined): string {
  if (best === undefined) return '';
  if (best === 0) return '<small>not visible</small>';
  const percent = Math.round((100 * Math.max(0, r2)) / best);
  return `${percent} %<span class="meter"><i style="width:${Math.min(100, percent)}%"></i></span>`;
}
