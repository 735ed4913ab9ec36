import type { JSX } from 'preact';

const [breadth, height, margin] = [600, 150, 8];

interface LineChartProps {
  readonly title: string;
  /** The last value, in words. */
  readonly note: string;
  /** x in epochs. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** Where the x axis ends, in epochs. */
  readonly width: number;
  readonly logarithmic?: boolean;
  /** A dashed line: what is possible at all. */
  readonly level?: number;
  /** Whether each point is marked. */
  readonly dots?: boolean;
}

/** A curve by epochs, with the ends of its axes. Screen readers have its last value. */
export function LineChart({ title, note, points, width, logarithmic, level, dots }: LineChartProps): JSX.Element {
  const scale = logarithmic ? (y: number) => Math.log10(Math.max(1e-6, y)) : (y: number) => y;
  const values = points.map(({ y }) => scale(y));
  // R² begins far below 0, which tells nothing but that nothing has been learned.
  const low = logarithmic ? Math.min(...values) : Math.max(-0.2, Math.min(0, ...values));
  const high = Math.max(low + 0.1, ...values, ...(logarithmic ? [] : [level ?? 1]));
  const x = (value: number) => margin + ((breadth - 2 * margin) * value) / width;
  const y = (value: number) => height - margin - (Math.max(0, value - low) / (high - low)) * (height - 2 * margin);
  const at = points.map((point, i) => [x(point.x).toFixed(1), y(values[i]!).toFixed(1)] as const);
  const path = at.map(([left, top], i) => `${i === 0 ? 'M' : 'L'}${left} ${top}`).join('');
  const words = (value: number) => shortNumber(logarithmic ? 10 ** value : value);
  return (
    <figure class="curve chart">
      <figcaption>
        <span class="chart-title">{title}</span>
        <span class="number">{note}</span>
      </figcaption>
      <div class="chart-body">
        <div class="chart-ends" aria-hidden="true">
          <span>{points.length > 0 ? words(high) : ''}</span>
          <span>{points.length > 0 ? words(low) : ''}</span>
        </div>
        <div class="curve-plot">
          <svg viewBox={`0 0 ${breadth} ${height}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
            {level !== undefined && (
              <path class="level" d={`M0 ${y(level).toFixed(1)}H${breadth}`} vectorEffect="non-scaling-stroke" />
            )}
            {at.length > 0 && <path d={`${path}h.01`} vectorEffect="non-scaling-stroke" />}
            {dots &&
              at.map(([left, top]) => (
                <path key={left} class="dot" d={`M${left} ${top}h.01`} vectorEffect="non-scaling-stroke" />
              ))}
          </svg>
        </div>
      </div>
      <div class="chart-axis" aria-hidden="true">
        <span>0</span>
        <span>{width === 1 ? '1 epoch' : `${width} epochs`}</span>
      </div>
    </figure>
  );
}

/** Two digits; large numbers by powers of ten. */
function shortNumber(value: number): string {
  return Math.abs(value) >= 1e4 ? value.toExponential(0) : String(Number(value.toPrecision(2)));
}
