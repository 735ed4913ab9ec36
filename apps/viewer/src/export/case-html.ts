import { escapeHtml, scoreTable } from '@kanrecon/training/report';
import { caseRows } from '../state/runs/case-rows.js';
import type { RunCase } from '../state/runs/cases.js';
import type { ScoredRun } from '../state/runs/scatters.js';
import { digits, signed, signedPercent } from '../ui/format.js';

/** A case as a part of a report: its image, what it really shows and what each network made of it. @param picture its address */
export function caseHtml(item: RunCase, scored: readonly ScoredRun[], picture: string | undefined): string {
  const rows = caseRows(item, scored);
  const answers = rows[0]?.values ?? [];
  const several = answers.length > 1;
  const share = rows.some(({ ofReal }) => ofReal) ? 'of the range of the real values' : 'of the range';
  const header = [
    'parameter',
    'real',
    ...answers.flatMap(({ run }) => [escapeHtml(several ? run.run.name : 'predicted'), 'error', share]),
  ];
  const cells = rows.map(({ name, unit, real, values }) => [
    escapeHtml(unit === '' ? name : `${name}, ${unit}`),
    digits(real),
    ...values.flatMap(({ predicted, error, share }) => [digits(predicted), signed(error), signedPercent(share)]),
  ]);
  const image =
    picture === undefined
      ? ''
      : `<figure style="max-width: 320px"><img src="${escapeHtml(picture)}" alt="Case ${escapeHtml(item.image)}"></figure>\n`;
  return `<h2>The chosen case</h2>
<p class="soft"><code>${escapeHtml(item.image)}</code>, shape ${item.shape}, view ${item.view}. Root mean squared error on the normalised parameters: ${item.rmse.toFixed(3)}${several ? ' on average' : ''}.</p>
<div class="figures">
${image}</div>
${scoreTable(
  header,
  cells.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`),
  'spread',
)}`;
}
