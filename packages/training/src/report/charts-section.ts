import type { EpochRecord } from '../loop/training-state.js';
import { countOf } from './count-of.js';
import { escapeHtml } from './escape-html.js';
import { fixed } from './fixed.js';
import { type ChartSeries, type LineChartOptions, lineChart } from './line-chart.js';
import type { ReportData } from './report-data.js';
import { scoreAxisMin } from './score-axis-min.js';

/** Numbers of an epoch that have a curve. */
export type CurveKey = 'train_loss' | 'val_loss' | 'val_r2_visible' | 'val_r2' | 'learning_rate';

/**
 * Loss and R² by epoch, each drawn for light and dark pages, and what is not known of the training. Of one training R² over all parameters
 * is there, too.
 */
export async function chartsSection(
  data: Pick<ReportData, 'trainings' | 'trainingNotes' | 'learningRates' | 'bestPossibleVisible'>,
): Promise<string> {
  const { trainingNotes = [], learningRates = false, bestPossibleVisible } = data;
  const notes = trainingNotes.map((note) => `<p class="soft">${escapeHtml(note)}</p>`);
  // Also where one alone has curves it is said whose they are, in its own colour.
  const several = data.trainings.length > 1;
  const trainings = data.trainings
    .map(({ series, ...training }, index) => ({ ...training, color: series ?? index }))
    .filter(({ history }) => history.length > 0);
  const [first] = trainings;
  if (!first) return notes.length === 0 ? '' : ['<h2>Training</h2>', ...notes].join('\n');
  const curves = (key: CurveKey, words: string, dashed = false): ChartSeries[] =>
    trainings.map(({ name, history, color }) => {
      const points = curveOf(history, key);
      if (!several) return { name: words, points };
      return { name: words ? `${name}, ${words}` : `${name}`, points, color, dashed };
    });
  const { keptEpoch } = first;
  const mark =
    !several && keptEpoch !== undefined && first.history.length > 1 ? { mark: { name: 'kept', x: keptEpoch } } : {};
  const loss: LineChartOptions = {
    ...mark,
    series: [...curves('train_loss', 'training', true), ...curves('val_loss', 'validation')],
    xName: 'epoch',
    yName: 'mean squared error',
    log: true,
  };
  const scores = several
    ? curves('val_r2_visible', '')
    : [...curves('val_r2_visible', 'visible parameters'), ...curves('val_r2', 'all parameters')];
  const yMin = scoreAxisMin(scores.map(({ points }) => points.map(([, y]) => y)));
  const score: LineChartOptions = {
    ...mark,
    series: scores,
    xName: 'epoch',
    yName: several ? 'R² over the visible parameters' : 'R² on validation images',
    yMin,
    ...(bestPossibleVisible === undefined ? {} : { level: { name: 'best possible', value: bestPossibleVisible } }),
  };
  const defined = scores.some(({ points }) => points.length > 0);
  const undefinedNote = '<p class="soft">R² is not defined for a single validation image.</p>';
  const cards = [
    await inBothThemes(loss),
    defined ? `${await inBothThemes(score)}${describeHidden(scores, yMin)}` : undefinedNote,
  ];
  if (learningRates) {
    const series = curves('learning_rate', several ? '' : 'learning rate');
    cards.push(await inBothThemes({ series, xName: 'epoch', yName: 'learning rate', log: true }));
  }
  return `<h2>Training</h2>
${notes.map((note) => `${note}\n`).join('')}<div class="charts">
${cards.map((card) => `<div class="card">${card}</div>`).join('\n')}
</div>`;
}

/** A number by the epoch; what is not defined leaves a gap. */
export function curveOf(history: readonly EpochRecord[], key: CurveKey): readonly (readonly [number, number])[] {
  return history.flatMap((record) => {
    const value = record[key];
    return value === null ? [] : [[record.epoch, value] as const];
  });
}

/** What lies below the axis, in a sentence; empty if nothing does. */
function describeHidden(series: readonly ChartSeries[], yMin: number): string {
  const below = series.flatMap(({ points }) => points.filter(([, y]) => y < yMin));
  if (below.length === 0) return '';
  const epochs = new Set(below.map(([epoch]) => epoch)).size;
  const lowest = fixed(Math.min(...below.map(([, y]) => y)), 1).replace('-', '−');
  return `<p class="soft">In ${countOf(epochs, 'epoch')} R² lies below what is shown, down to ${lowest}.</p>`;
}

async function inBothThemes(options: LineChartOptions): Promise<string> {
  const [light, dark] = [await lineChart(options, 'light'), await lineChart(options, 'dark')];
  return `<div class="light">${light}</div><div class="dark">${dark}</div>`;
}
