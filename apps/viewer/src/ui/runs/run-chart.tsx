import { fixed } from '@kanrecon/training/report';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import {
  type Axis,
  type Curve,
  epochAxis,
  linearAxis,
  logarithmicAxis,
  tickLabel,
} from '../../state/runs/chart-scale.js';
import { useWidth } from './use-width.js';

interface RunChartProps {
  readonly title: string;
  readonly curves: readonly Curve[];
  readonly logarithmic?: boolean;
  /** Where a linear axis begins: what lies below is not drawn. */
  readonly yMin?: number;
  /** A dashed line: what is possible at all. */
  readonly level?: number;
  /** The epoch whose weights were kept, of each curve's run by its colour. */
  readonly kept: ReadonlyMap<number, number>;
}

const height = 240;
const frame = { left: 56, right: 12, top: 10, bottom: 34 };

/** Curves by epochs. Mouse, touch and arrow keys choose an epoch, whose numbers are read out below. */
export function RunChart({ title, curves, logarithmic, yMin, level, kept }: RunChartProps): JSX.Element {
  const [plot, width] = useWidth<HTMLDivElement>(520);
  const [chosen, setEpoch] = useState<number | undefined>(undefined);
  const xAxis = epochAxis(curves, (width - frame.left) / 60);
  const values = curves.flatMap(({ points }) => points.map(([, y]) => y));
  const yAxis = logarithmic
    ? logarithmicAxis(values)
    : linearAxis([...values, ...(level === undefined ? [] : [level])], yMin);
  const scale = (value: number) => (logarithmic ? Math.log10(Math.max(value, 1e-300)) : value);
  const x = (value: number) =>
    frame.left + ((width - frame.left - frame.right) * (value - xAxis.from)) / (xAxis.to - xAxis.from);
  const y = (value: number) => {
    const share = (scale(value) - scale(yAxis.from)) / (scale(yAxis.to) - scale(yAxis.from));
    return height - frame.bottom - (height - frame.top - frame.bottom) * share;
  };
  const epochs = [...new Set(curves.flatMap(({ points }) => points.map(([at]) => at)))].sort((a, b) => a - b);
  // Other curves may not have the epoch that was chosen.
  const epoch = chosen !== undefined && epochs.includes(chosen) ? chosen : undefined;
  const shown = epoch ?? epochs.at(-1);
  const below = logarithmic ? [] : values.filter((value) => value < yAxis.from);
  const nearest = (clientX: number, box: DOMRect) => {
    const at =
      xAxis.from + ((clientX - box.left - frame.left) / (width - frame.left - frame.right)) * (xAxis.to - xAxis.from);
    return epochs.reduce((best, one) => (Math.abs(one - at) < Math.abs(best - at) ? one : best), epochs[0]!);
  };
  const step = (by: number) => {
    const at = epochs.indexOf(shown!);
    setEpoch(epochs[Math.min(epochs.length - 1, Math.max(0, at + by))]);
  };
  const keyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      PageUp: -10,
      PageDown: 10,
      Home: -1e9,
      End: 1e9,
    };
    const by = moves[event.key];
    if (by === undefined) return;
    event.preventDefault();
    step(by);
  };
  if (epochs.length === 0) return <p class="hint">{title}: not defined for these images.</p>;
  return (
    <figure class="run-chart">
      <figcaption class="chart-title">
        {title}
        {logarithmic ? <span class="hint"> (logarithmic)</span> : ''}
      </figcaption>
      <div
        ref={plot}
        class="chart-plot"
        role="slider"
        tabIndex={0}
        aria-label={`${title}: epoch`}
        aria-valuemin={epochs[0]}
        aria-valuemax={epochs.at(-1)}
        aria-valuenow={shown}
        aria-valuetext={`epoch ${shown}: ${curves.map((curve) => `${curve.name} ${valueAt(curve, shown)}`).join(', ')}`}
        onKeyDown={keyDown}
        onPointerMove={({ clientX, currentTarget }) =>
          setEpoch(nearest(clientX, currentTarget.getBoundingClientRect()))
        }
        onPointerLeave={() => setEpoch(undefined)}
      >
        <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true" focusable="false">
          <Grid xAxis={xAxis} yAxis={yAxis} x={x} y={y} width={width} />
          <clipPath id={`clip-${title.replaceAll(/\W/g, '')}`}>
            <rect
              x={frame.left - 4}
              y={frame.top - 4}
              width={width - frame.left - frame.right + 8}
              height={height - frame.top - frame.bottom + 8}
            />
          </clipPath>
          {level !== undefined && (
            <>
              <path class="level" d={`M${frame.left} ${y(level).toFixed(1)}H${width - frame.right}`} />
              <text class="level-name" x={frame.left + 6} y={y(level) + 15}>
                best possible
              </text>
            </>
          )}
          <g clip-path={`url(#clip-${title.replaceAll(/\W/g, '')})`}>
            {curves
              .filter(({ points }) => points.length > 0)
              .map(({ key, color, dashed, points }) => (
                <path
                  key={key}
                  class={`line series-${color}${dashed ? ' dashed' : ''}`}
                  d={`M${points.map(([at, value]) => `${x(at).toFixed(1)} ${y(value).toFixed(1)}`).join('L')}h.01`}
                />
              ))}
            {curves.flatMap(({ key, color, dashed, points }) => {
              const at = points.find(([e]) => e === (dashed ? undefined : kept.get(color)));
              return at
                ? [<circle key={key} class={`kept series-${color}`} cx={x(at[0])} cy={y(at[1])} r="4.5" />]
                : [];
            })}
            {epoch !== undefined && (
              <path class="cursor" d={`M${x(epoch).toFixed(1)} ${frame.top}V${height - frame.bottom}`} />
            )}
          </g>
          <text class="axis-name" x={(frame.left + width - frame.right) / 2} y={height - 4} text-anchor="middle">
            epoch
          </text>
        </svg>
      </div>
      <ul class="chart-legend">
        <li class="number">Epoch {shown}</li>
        {curves.map((curve) => (
          <li key={curve.key}>
            <svg class="legend-line" viewBox="0 0 24 8" width="24" height="8" aria-hidden="true">
              <path class={`line series-${curve.color}${curve.dashed ? ' dashed' : ''}`} d="M1 4H23" />
            </svg>
            {curve.name} <span class="number">{valueAt(curve, shown)}</span>
          </li>
        ))}
      </ul>
      {below.length > 0 && (
        <p class="hint">
          {below.length === 1 ? 'One point lies' : `${below.length} points lie`} below what is shown, down to{' '}
          {fixed(Math.min(...below), 1).replace('-', '−')}.
        </p>
      )}
    </figure>
  );
}

interface GridProps {
  readonly xAxis: Axis;
  readonly yAxis: Axis;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly width: number;
}

function Grid({ xAxis, yAxis, x, y, width }: GridProps): JSX.Element {
  return (
    <>
      {yAxis.ticks.map((tick) => (
        <g key={tick}>
          <path class="grid" d={`M${frame.left} ${y(tick).toFixed(1)}H${width - frame.right}`} />
          <text x={frame.left - 7} y={y(tick) + 4} text-anchor="end">
            {tickLabel(tick)}
          </text>
        </g>
      ))}
      {xAxis.ticks.map((tick) => (
        <text key={tick} x={x(tick)} y={height - frame.bottom + 16} text-anchor="middle">
          {tick}
        </text>
      ))}
    </>
  );
}

/** Four digits; a dash where the epoch has no number. */
function valueAt({ points }: Curve, epoch: number | undefined): string {
  const value = points.find(([at]) => at === epoch)?.[1];
  if (value === undefined) return '–';
  const words =
    Math.abs(value) >= 1e5 || (value !== 0 && Math.abs(value) < 1e-4)
      ? value.toExponential(3)
      : String(Number(value.toPrecision(4)));
  return words.replace('-', '−');
}
