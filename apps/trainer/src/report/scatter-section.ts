import { showInterval } from '../evaluation/score-intervals.js';
import { fixed } from '../ui/fixed.js';
import { escapeHtml } from './escape-html.js';
import type { ReportScatter } from './report-data.js';
import { scatterPlot } from './scatter-plot.js';

/** Predicted against real values, a plot for each parameter. */
export function scatterSection(plots: readonly ReportScatter[]): string {
  if (plots.length === 0) return '';
  const figures = plots.map((plot) => {
    const interval = plot.interval ? ` (${showInterval(plot.interval, 2)})` : '';
    const note = plot.visible ? `R² ${fixed(plot.r2, 3)}${interval}` : 'not visible in such images';
    return `<figure class="card">${scatterPlot(plot)}<figcaption><b>${escapeHtml(plot.name)}</b> ${note}</figcaption></figure>`;
  });
  return `<h2>Predicted against real</h2>
<p class="soft">One point an image: on the dashed line the prediction is right. The frame is the parameter’s range; points beyond it are shown as the network gave them. Of a parameter that does not show, the best is its middle: a level cloud.</p>
<div class="scatters">
${figures.join('\n')}
</div>`;
}
