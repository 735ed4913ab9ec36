import { countOf } from '../ui/count-of.js';
import { escapeHtml } from './escape-html.js';

/** What a {@link scatterPlot} shows: a parameter's real and predicted values, in its unit. */
export interface ScatterPlotData {
  readonly name: string;
  readonly unit: string;
  readonly range: readonly [min: number, max: number];
  readonly points: readonly (readonly [real: number, predicted: number])[];
}

/** Pixels of the plot and of what is left free at its sides. */
const size = 220;
const margin = { left: 52, right: 10, top: 10, bottom: 38 };
/** More would only make the page larger. */
const mostPoints = 600;
/** A little air around the values, as a share of them. */
const air = 0.04;

/**
 * Predicted against real values: on the dashed line where both agree; the frame is the parameter's range, outside of which a prediction may
 * lie. Both axes are the same. SVG in the page's own colours.
 */
export function scatterPlot({ name, unit, range, points }: ScatterPlotData): string {
  const step = Math.max(1, points.length / mostPoints);
  const shown = Array.from({ length: Math.min(points.length, mostPoints) }, (_, i) => points[Math.floor(i * step)]!);
  const low = Math.min(range[0], ...shown.flat());
  const high = Math.max(range[1], ...shown.flat());
  const from = low - air * (high - low);
  const to = high + air * (high - low);
  const width = size - margin.left - margin.right;
  const height = size - margin.top - margin.bottom;
  const x = (value: number) => round(margin.left + (width * (value - from)) / (to - from));
  const y = (value: number) => round(margin.top + height - (height * (value - from)) / (to - from));
  const [least, most] = range;
  const ticks = [least, (least + most) / 2, most];
  const label = (value: number) => String(Number(value.toPrecision(3)));
  const of = unit === '' ? '' : `, ${unit}`;
  const title = `Predicted against real ${name}: ${countOf(points.length, 'prediction')}`;
  return `<svg role="img" aria-label="${escapeHtml(title)}" viewBox="0 0 ${size} ${size}" class="scatter">
<rect x="${x(least)}" y="${y(most)}" width="${round(x(most) - x(least))}" height="${round(y(least) - y(most))}" class="frame"/>
<line x1="${x(from)}" y1="${y(from)}" x2="${x(to)}" y2="${y(to)}" class="equal"/>
${shown.map(([real, predicted]) => `<circle cx="${x(real)}" cy="${y(predicted)}" r="2.2"/>`).join('')}
${ticks.map((value) => `<text x="${x(value)}" y="${size - margin.bottom + 14}" text-anchor="middle">${label(value)}</text>`).join('')}
${ticks.map((value) => `<text x="${margin.left - 5}" y="${round(y(value) + 4)}" text-anchor="end">${label(value)}</text>`).join('')}
<text x="${margin.left + width / 2}" y="${size - 6}" text-anchor="middle">${escapeHtml(`real${of}`)}</text>
<text x="9" y="${margin.top + height / 2}" text-anchor="middle" transform="rotate(-90 9 ${margin.top + height / 2})">predicted</text>
</svg>`;
}

function round(value: number): number {
  return Number(value.toFixed(1));
}
