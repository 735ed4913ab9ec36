import { type LineChartOptions, lineChart } from './line-chart.js';
import type { ReportData } from './report-data.js';

/** Loss and R² by epoch, each drawn for light and dark pages. */
export function chartsSection({ history, bestPossibleVisible, keptEpoch }: ReportData): string {
  if (history.length === 0) return '';
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
  const score: LineChartOptions = {
    ...mark,
    series: [curve('visible parameters', 'val_r2_visible'), curve('all parameters', 'val_r2')],
    xName: 'epoch',
    yName: 'R² on validation images',
    yMin: Math.max(-0.4, Math.min(0, ...history.map(({ val_r2 }) => Math.floor((val_r2 ?? 0) * 10) / 10))),
    ...(bestPossibleVisible === undefined ? {} : { level: { name: 'best possible', value: bestPossibleVisible } }),
  };
  return `<h2>Training</h2>
<div class="charts">
<div class="card">${inBothThemes(loss)}</div>
<div class="card">${score.series.some(({ points }) => points.length > 0) ? inBothThemes(score) : '<p class="soft">R² is not defined for a single validation image.</p>'}</div>
</div>`;
}

function inBothThemes(options: LineChartOptions): string {
  return `<div class="light">${lineChart(options, 'light')}</div><div class="dark">${lineChart(options, 'dark')}</div>`;
}
