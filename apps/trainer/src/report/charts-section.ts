import { countOf } from '../ui/count-of.js';
import { fixed } from '../ui/fixed.js';
import { escapeHtml } from './escape-html.js';
import { type ChartSeries, type LineChartOptions, lineChart } from './line-chart.js';
import type { ReportData } from './report-data.js';
import { scoreAxisMin } from './score-axis-min.js';

/** Loss and R² by epoch, each drawn for light and dark pages, and what is not known of the training. */
export function chartsSection({ history, trainingNotes = [], bestPossibleVisible, keptEpoch }: ReportData): string {
  const notes = trainingNotes.map((note) => `<p class="soft">${escapeHtml(note)}</p>`);
  if (history.length === 0) return notes.length === 0 ? '' : ['<h2>Training</h2>', ...notes].join('\n');
  const curve = (name: string, key: 'train_loss' | 'val_loss' | 'val_r2_visible' | 'val_r2') => ({
    name,
    // What is not defined leaves a gap.
    points: history.flatMap((record) => {
      const value = record[key];
      return value === null ? [] : [[record.epoch, value] as const];
    }),
  });
  const mark = keptEpoch !== undefined && history.length > 1 ? { mark: { name: 'kept', x: keptEpoch } } : {};
  const loss: LineChartOptions = {
    ...mark,
    series: [curve('training', 'train_loss'), curve('validation', 'val_loss')],
    xName: 'epoch',
    yName: 'mean squared error',
    log: true,
  };
  const scores = [curve('visible parameters', 'val_r2_visible'), curve('all parameters', 'val_r2')];
  const yMin = scoreAxisMin(scores.map(({ points }) => points.map(([, y]) => y)));
  const score: LineChartOptions = {
    ...mark,
    series: scores,
    xName: 'epoch',
    yName: 'R² on validation images',
    yMin,
    ...(bestPossibleVisible === undefined ? {} : { level: { name: 'best possible', value: bestPossibleVisible } }),
  };
  const defined = scores.some(({ points }) => points.length > 0);
  return `<h2>Training</h2>
${notes.map((note) => `${note}\n`).join('')}<div class="charts">
<div class="card">${inBothThemes(loss)}</div>
<div class="card">${defined ? `${inBothThemes(score)}${describeHidden(scores, yMin)}` : '<p class="soft">R² is not defined for a single validation image.</p>'}</div>
</div>`;
}

/** What lies below the axis, in a sentence; empty if nothing does. */
function describeHidden(series: readonly ChartSeries[], yMin: number): string {
  const below = series.flatMap(({ points }) => points.filter(([, y]) => y < yMin));
  if (below.length === 0) return '';
  const epochs = new Set(below.map(([epoch]) => epoch)).size;
  const lowest = fixed(Math.min(...below.map(([, y]) => y)), 1).replace('-', '−');
  return `<p class="soft">In ${countOf(epochs, 'epoch')} R² lies below what is shown, down to ${lowest}.</p>`;
}

function inBothThemes(options: LineChartOptions): string {
  return `<div class="light">${lineChart(options, 'light')}</div><div class="dark">${lineChart(options, 'dark')}</div>`;
}
