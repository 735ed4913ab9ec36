import { boundSign, type MetricsRow } from '../evaluation/metrics-rows.js';
import { showInterval } from '../evaluation/score-intervals.js';
import { type DistanceSummary, percentOfSize, spreadColumns, spreadRows } from './distance-spreads.js';
import { escapeHtml } from './escape-html.js';
import { fixed } from './fixed.js';
import type { ReportScores } from './report-data.js';
import { scoreTable as table } from './score-table.js';

/** The metrics tables. */
export function scoresSection(scores: readonly ReportScores[]): string {
  return scores.map(scoresTables).join('\n');
}

function scoresTables({ title, about, rows, combinations, distances, below }: ReportScores): string {
  const withBest = rows.some(({ best }) => best !== undefined);
  const measures = ['MAE', 'RMSE', 'R²'].flatMap((name) => [name, ...(withBest ? [`best possible ${name}`] : [])]);
  const header = ['parameter', ...measures, ...(withBest ? ['reached'] : [])];
  const combined = combinations.map(({ name, mae, rmse, r2 }) => {
    const cells = [escapeHtml(name), ...[mae, rmse, r2].map((value) => fixed(value, 3)), reached(r2, 1)];
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  return `<h2>${escapeHtml(title)}</h2>
${about
  .split('\n')
  .map((line) => `<p class="soft">${escapeHtml(line)}</p>`)
  .join('\n')}
${table(
  header,
  rows.map((row) => tableRow(row, withBest)),
)}
${combined.length > 0 ? `<p class="soft">What does show of them, in its own units; the best possible R² is 1:</p>\n${table(['combination', 'MAE', 'RMSE', 'R²', 'reached'], combined)}` : ''}
${distances ? distancesTable(distances) : ''}${below ? `\n${below}` : ''}`;
}

function distancesTable(distances: DistanceSummary): string {
  const rows = spreadRows(distances).map(({ name, spread }) => {
    const cells = spreadColumns.map(([, key]) => percentOfSize(spread[key]));
    return `<tr>${[name, ...cells].map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  const about = `Distances between the predicted and the real surface, in per cent of the object’s size (${distances.relativeTo}); at the best scale the prediction is first scaled to come nearest, as images may not show the size.`;
  return `<p class="soft">${escapeHtml(about)}</p>\n${table(['surface distance', ...spreadColumns.map(([title]) => title)], rows, 'spread')}`;
}

function tableRow({ name, kind, mae, rmse, r2, best, bestIsBound, interval }: MetricsRow, withBest: boolean): string {
  const isSum = kind !== 'parameter';
  const cells = [escapeHtml(name)];
  for (const [key, value, ceiling, between] of [
    ['mae', mae, best?.mae, interval?.mae],
    ['rmse', rmse, best?.rmse, interval?.rmse],
    ['r2', r2, best?.r2, interval?.r2],
  ] as const) {
    const sign = bestIsBound ? boundSign(key) : '';
    cells.push(`${fixed(value, 3)}${between ? `<small class="between">${showInterval(between, 2)}</small>` : ''}`);
    if (withBest) cells.push(ceiling === undefined ? '' : `<small>${sign}${fixed(ceiling, 3)}</small>`);
  }
  if (withBest) cells.push(reached(r2, best?.r2));
  return `<tr${isSum ? ' class="sum"' : ''}>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

/** The share of the best possible score, as a bar; nothing where an image shows nothing. */
function reached(r2: number, best: number | undefined): string {
  const percent = reachedPercent(r2, best);
  if (percent === undefined) return '';
  if (percent === 'not visible') return '<small>not visible</small>';
  return `${percent} %<span class="meter"><i style="width:${Math.min(100, percent)}%"></i></span>`;
}

/** How much of the best possible R² is reached, in per cent; undefined where either is not known. */
export function reachedPercent(r2: number, best: number | undefined): number | 'not visible' | undefined {
  if (best === undefined || !Number.isFinite(r2)) return undefined;
  return best === 0 ? 'not visible' : Math.round((100 * Math.max(0, r2)) / best);
}
