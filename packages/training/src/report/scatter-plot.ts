import { countOf } from './count-of.js';
import { escapeHtml } from './escape-html.js';
import { pointOutline, type ScatterGroup, scatterMargin, scatterScale, scatterSize } from './scatter-scale.js';

export type { ScatterGroup };

/** What a {@link scatterPlot} shows: a parameter's real and predicted values, in its unit. */
export interface ScatterPlotData {
  readonly name: string;
  readonly unit: string;
  readonly range: readonly [min: number, max: number];
  /** One, or several that are told apart by colour and shape. */
  readonly groups: readonly ScatterGroup[];
}

/** Of a group; more would only make the page larger. */
const mostPoints = 600;
const radius = 2.2;

/**
 * Predicted against real values: on the dashed line where both agree; the frame is the parameter's range, outside of which a prediction may
 * lie. Both axes are the same. SVG in the page's own colours.
 */
export function scatterPlot({ name, unit, range, groups }: ScatterPlotData): string {
  const thinned = groups.map(({ points }) => thin(points));
  const { from, to, x, y, ticks } = scatterScale(
    range,
    groups.map(({ points, marked }, i) => ({ points: [...thinned[i]!, ...markedPoint(points, marked)] })),
  );
  const [least, most] = range;
  const [size, margin] = [scatterSize, scatterMargin];
  const of = unit === '' ? '' : `, ${unit}`;
  const count = groups.reduce((sum, { points }) => sum + points.length, 0);
  const title = `Predicted against real ${name}: ${countOf(count, 'prediction')}`;
  const middle = margin.top + (size - margin.top - margin.bottom) / 2;
  const seriesOf = (group: number) => (groups[group]!.series ?? group) % 4;
  const dots = thinned.map((points, group) =>
    points
      .map(([real, predicted]) =>
        seriesOf(group) === 0
          ? `<circle cx="${x(real)}" cy="${y(predicted)}" r="${radius}"/>`
          : `<path d="${pointOutline(seriesOf(group), x(real), y(predicted), radius)}" class="series-${seriesOf(group)}"/>`,
      )
      .join(''),
  );
  const rings = groups.flatMap(({ points, marked }, group) =>
    markedPoint(points, marked).map(
      ([real, predicted]) => `<path d="${pointOutline(seriesOf(group), x(real), y(predicted), 5)}" class="marked"/>`,
    ),
  );
  return `<svg role="img" aria-label="${escapeHtml(title)}" viewBox="0 0 ${size} ${size}" class="scatter">
<rect x="${x(least)}" y="${y(most)}" width="${(x(most) - x(least)).toFixed(1)}" height="${(y(least) - y(most)).toFixed(1)}" class="frame"/>
<line x1="${x(from)}" y1="${y(from)}" x2="${x(to)}" y2="${y(to)}" class="equal"/>
${dots.join('\n')}
${rings.join('')}
${ticks.map(({ value, label }) => `<text x="${x(value)}" y="${size - margin.bottom + 14}" text-anchor="middle">${label}</text>`).join('')}
${ticks.map(({ value, label }) => `<text x="${margin.left - 5}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${label}</text>`).join('')}
<text x="${margin.left + (size - margin.left - margin.right) / 2}" y="${size - 6}" text-anchor="middle">${escapeHtml(`real${of}`)}</text>
<text x="9" y="${middle}" text-anchor="middle" transform="rotate(-90 9 ${middle})">predicted</text>
</svg>`;
}

/** Some of very many, spread over all. */
function thin<T>(points: readonly T[]): readonly T[] {
  const step = Math.max(1, points.length / mostPoints);
  return Array.from({ length: Math.min(points.length, mostPoints) }, (_, i) => points[Math.floor(i * step)]!);
}

function markedPoint<T>(points: readonly T[], marked: number | undefined): readonly T[] {
  const point = marked === undefined ? undefined : points[marked];
  return point === undefined ? [] : [point];
}
