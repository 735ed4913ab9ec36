import { escapeHtml, scoreTable } from '@kanrecon/training/report';
import { caseDistances } from '../state/runs/case-distances.js';
import { caseErrors } from '../state/runs/case-errors.js';
import { caseRows } from '../state/runs/case-rows.js';
import type { RunCase } from '../state/runs/cases.js';
import type { ScoredRun } from '../state/runs/scatters.js';
import { digits, signed, signedPercent } from '../ui/format.js';

/**
 * A case as a part of a report: its image, what it really shows, what each network made of it and what refinement made of that, and how far
 * surfaces are apart.
 *
 * @param picture its address
 * @returns HTML
 */
export function caseHtml(item: RunCase, scored: readonly ScoredRun[], picture: string | undefined): string {
  const several = scored.length > 1;
  const image =
    picture === undefined
      ? ''
      : `<figure style="max-width: 320px"><img src="${escapeHtml(picture)}" alt="Case ${escapeHtml(item.image)}"></figure>\n`;
  const errors = caseErrors(item, scored).map(
    ({ run: { run }, words }) => `<p class="soft">${escapeHtml(several ? `${run.name}: ${words}` : words)}</p>`,
  );
  return `<h2>The chosen case</h2>
<p class="soft"><code>${escapeHtml(item.image)}</code>, shape ${item.shape}, view ${item.view}.</p>
${errors.join('\n')}
<div class="figures">
${image}</div>
${parameterTable(item, scored)}
${distanceTable(item, scored)}`;
}

function parameterTable(item: RunCase, scored: readonly ScoredRun[]): string {
  const rows = caseRows(item, scored);
  const answers = rows[0]?.values ?? [];
  const several = answers.length > 1;
  const share = rows.some(({ ofReal }) => ofReal) ? 'of the range of the real values' : 'of the range';
  const refinedBy = (i: number) => rows.some(({ values }) => values[i]?.refined);
  const header = [
    'parameter',
    'real',
    ...answers.flatMap(({ run }, i) => [
      ...[escapeHtml(several ? run.run.name : 'predicted'), 'error', share],
      ...(refinedBy(i) ? ['refined', 'error', '90 % interval'] : []),
    ]),
  ];
  const cells = rows.map(({ name, unit, real, values }) => [
    escapeHtml(unit === '' ? name : `${name}, ${unit}`),
    digits(real),
    ...values.flatMap(({ predicted, error, share, refined }, i) => [
      ...[digits(predicted), signed(error), signedPercent(share)],
      ...(refinedBy(i)
        ? refined
          ? [digits(refined.mean), signed(refined.mean - real), refined.interval90.map(digits).join(' to ')]
          : ['–', '', '']
        : []),
    ]),
  ]);
  return scoreTable(header, cells.map(tableRow), 'spread');
}

function distanceTable(item: RunCase, scored: readonly ScoredRun[]): string {
  const rows = caseDistances(item, scored);
  if (rows.length === 0) return '';
  const header = [
    'surface distance',
    ...rows[0]!.values.flatMap(({ run }) => [scored.length > 1 ? escapeHtml(run.run.name) : 'units', 'of the size']),
  ];
  const cells = rows.map(({ name, values }) => [
    name,
    ...values.flatMap(({ value, share }) => [digits(value), `${(100 * share).toFixed(2)} %`]),
  ]);
  return `<p class="soft">Distances between the predicted and the real surface, in units and in per cent of the object’s size.</p>
${scoreTable(header, cells.map(tableRow), 'spread')}`;
}

function tableRow(cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}
