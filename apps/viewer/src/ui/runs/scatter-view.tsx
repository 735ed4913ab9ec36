import { fixed, pointOutline, scatterMargin, scatterScale, scatterSize, showInterval } from '@kanrecon/training/report';
import type { JSX, TargetedMouseEvent } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { caseKey, placeOf } from '../../state/runs/cases.js';
import { chosenCase, currentCase } from '../../state/runs/runs.js';
import type { RunScatter } from '../../state/runs/scatters.js';
import { digits } from '../format.js';
import { SeriesMark } from './series-mark.js';

/** A point of the plot: which cloud's, which of it, and where in the picture. */
interface PlacedPoint {
  readonly cloud: number;
  readonly at: number;
  readonly x: number;
  readonly y: number;
}

/** How near the mouse must be to a point, in the picture's units. */
const reach = 9;

/** One plot. The mouse chooses the nearest point, arrow keys the next by its real value. */
export function ScatterView({ scatter, several }: { scatter: RunScatter; several: boolean }): JSX.Element {
  const { name, unit, min, max, clouds, visible } = scatter;
  const [hovered, setHovered] = useState<PlacedPoint | undefined>(undefined);
  const { scale, placed, outlines } = useMemo(() => place(scatter), [scatter]);
  const current = currentCase.value;
  const rings = current ? clouds.flatMap((_, cloud) => ringOf(placed, scatter, cloud, current.key)) : [];
  const find = ({ clientX, clientY, currentTarget }: TargetedMouseEvent<SVGSVGElement>) => {
    const box = currentTarget.getBoundingClientRect();
    const [x, y] = [(scatterSize * (clientX - box.left)) / box.width, (scatterSize * (clientY - box.top)) / box.height];
    let best: PlacedPoint | undefined;
    let nearest = reach ** 2;
    for (const point of placed) {
      const distance = (point.x - x) ** 2 + (point.y - y) ** 2;
      if (distance < nearest) [nearest, best] = [distance, point];
    }
    return best;
  };
  const choose = ({ cloud, at }: PlacedPoint) => {
    const { evaluation } = clouds[cloud]!.run;
    chosenCase.value = caseKey(evaluation, evaluation.predictions[at]!);
  };
  const keyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowLeft: -1,
      ArrowDown: -1,
      ArrowRight: 1,
      ArrowUp: 1,
      Home: -1e9,
      End: 1e9,
    };
    const by = moves[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const own = placed.filter(({ cloud }) => cloud === (rings[0]?.cloud ?? 0)).sort((a, b) => a.x - b.x || a.y - b.y);
    const at = own.findIndex((point) => point.at === rings[0]?.at);
    const next = own[Math.min(own.length - 1, Math.max(0, at + by))];
    if (next) choose(next);
  };
  const told = hovered ?? rings[0];
  const value = told && clouds[told.cloud]?.points[told.at];
  const words = value ? `real ${digits(value[0])}, predicted ${digits(value[1])}` : '';
  const title = `Predicted against real ${name}`;
  const middle = scatterMargin.top + (scatterSize - scatterMargin.top - scatterMargin.bottom) / 2;
  return (
    <figure class="scatter-view">
      <figcaption>
        <strong>{name}</strong>{' '}
        {visible
          ? clouds.map(({ run, r2, interval }) => (
              <span key={run.run.key} class="scatter-score">
                {several && <SeriesMark color={run.color} />} R² {fixed(r2, 3)}
                {interval ? ` (${showInterval(interval, 2)})` : ''}
              </span>
            ))
          : 'not visible in such images'}
      </figcaption>
      <div
        class="scatter-focus"
        role="slider"
        tabIndex={0}
        aria-label={`${title}: image`}
        aria-valuemin={1}
        aria-valuemax={current?.of ?? 1}
        aria-valuenow={(current?.at ?? 0) + 1}
        aria-valuetext={current ? `${current.image}: ${words || 'not among these'}` : 'none'}
        onKeyDown={keyDown}
      >
        <svg
          viewBox={`0 0 ${scatterSize} ${scatterSize}`}
          class="scatter-plot"
          aria-hidden="true"
          focusable="false"
          onPointerMove={(event) => setHovered(find(event))}
          onPointerLeave={() => setHovered(undefined)}
          onClick={(event) => {
            const point = find(event);
            if (point) choose(point);
          }}
        >
          <rect
            class="frame"
            x={scale.x(min)}
            y={scale.y(max)}
            width={scale.x(max) - scale.x(min)}
            height={scale.y(min) - scale.y(max)}
          />
          <path
            class="equal"
            d={`M${scale.x(scale.from)} ${scale.y(scale.from)}L${scale.x(scale.to)} ${scale.y(scale.to)}`}
          />
          {outlines.map((d, i) => (
            <path key={clouds[i]!.run.run.key} class={`cloud series-${clouds[i]!.run.color}`} d={d} />
          ))}
          {[...rings, ...(hovered ? [hovered] : [])].map((point) => (
            <path
              key={`${point.cloud} ${point.at} ${point === hovered}`}
              class={point === hovered ? 'hovered' : 'ring'}
              d={pointOutline(clouds[point.cloud]!.run.color, point.x, point.y, 5.5)}
            />
          ))}
          {scale.ticks.map(({ value: tick, label }) => (
            <g key={tick}>
              <text x={scale.x(tick)} y={scatterSize - scatterMargin.bottom + 14} text-anchor="middle">
                {label}
              </text>
              <text x={scatterMargin.left - 5} y={scale.y(tick) + 4} text-anchor="end">
                {label}
              </text>
            </g>
          ))}
          <text
            x={scatterMargin.left + (scatterSize - scatterMargin.left - scatterMargin.right) / 2}
            y={scatterSize - 6}
            text-anchor="middle"
          >
            {unit === '' ? 'real' : `real, ${unit}`}
          </text>
          <text x="9" y={middle} text-anchor="middle" transform={`rotate(-90 9 ${middle})`}>
            predicted
          </text>
        </svg>
      </div>
      <p class="hint number scatter-told">{words}</p>
    </figure>
  );
}

/** Where all points lie, and each cloud in one outline: thousands of elements would be slow. */
function place(scatter: RunScatter) {
  const { min, max, clouds } = scatter;
  const scale = scatterScale([min, max], clouds);
  const placed = clouds.flatMap(({ points }, cloud) =>
    points.map(([real, predicted], at): PlacedPoint => ({ cloud, at, x: scale.x(real), y: scale.y(predicted) })),
  );
  const outlines = clouds.map(({ run }, i) =>
    placed
      .filter(({ cloud }) => cloud === i)
      .map(({ x, y }) => pointOutline(run.color, x, y, 2.3))
      .join(''),
  );
  return { scale, placed, outlines };
}

function ringOf(placed: readonly PlacedPoint[], { clouds }: RunScatter, cloud: number, key: string): PlacedPoint[] {
  const at = placeOf(clouds[cloud]!.run.evaluation, key);
  const point = at === undefined ? undefined : placed.find((one) => one.cloud === cloud && one.at === at);
  return point ? [point] : [];
}
