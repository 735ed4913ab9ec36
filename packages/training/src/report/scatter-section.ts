import { showInterval } from '../evaluation/score-intervals.js';
import { escapeHtml } from './escape-html.js';
import { fixed } from './fixed.js';
import type { ReportScatter } from './report-data.js';
import { scatterPlot } from './scatter-plot.js';

/** Predicted against real values, a plot for each parameter. */
export function scatterSection(plots: readonly ReportScatter[]): string {
  if (plots.length === 0) return '';
  const figures = plots.map((plot) => {
    const notes = plot.groups.map(({ name, r2, interval, series }, group) => {
      const between = interval ? ` (${showInterval(interval, 2)})` : '';
      const whose =
        name === undefined ? '' : `<span class="dot series-${(series ?? group) % 4}"></span>${escapeHtml(name)} `;
      return `${whose}R² ${fixed(r2, 3)}${between}`;
    });
    const note = plot.visible ? notes.join(', ') : 'not visible in such images';
    return `<figure class="card">${scatterPlot(plot)}<figcaption><b>${escapeHtml(plot.name)}</b> ${note}</figcaption></figure>`;
  });
  const marked = plots.some(({ groups }) => groups.some((group) => group.marked !== undefined));
  const framed = plots.some(({ ofReal }) => ofReal)
    ? 'the range of the real values where the surface is not known, else the parameter’s'
    : 'the parameter’s range';
  return `<h2>Predicted against real</h2>
<p class="soft">One point an image: on the dashed line the prediction is right. The frame is ${framed}; points beyond it are shown as the network gave them. Of a parameter that does not show, the best is its middle: a level cloud.${marked ? ' The case below is ringed.' : ''}</p>
<div class="scatters">
${figures.join('\n')}
</div>`;
}
