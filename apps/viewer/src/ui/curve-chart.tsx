import type { JSX } from 'preact';
import type { CurvePoint } from '../state/case.js';

const [width, height, margin] = [600, 96, 6];

/** How many times as much is left where a new level of detail begins, at least. */
const jump = 1.5;

/** What refinement leaves unexplained, by the pictures that it drew: logarithmic, as it falls by powers of ten. */
export function CurveChart({ points, busy }: { points: readonly CurvePoint[]; busy: boolean }): JSX.Element {
  const last = points.at(-1);
  return (
    <figure class="curve">
      <div class={`curve-plot ${busy ? 'busy' : ''}`}>
        {points.length > 1 && (
          <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
            {linesOf(points).map(({ path, phase }) => (
              <path key={path} d={path} class={phase} vectorEffect="non-scaling-stroke" />
            ))}
          </svg>
        )}
      </div>
      <figcaption>
        <span>What is left, on a logarithmic scale</span>
        <span class="number">{last ? `${Number(last.cost.toPrecision(3))} × expected` : ''}</span>
      </figcaption>
    </figure>
  );
}

/** A line for each level of detail: from one to the next what is left jumps, which is no step of the fit. */
function linesOf(points: readonly CurvePoint[]): { path: string; phase: CurvePoint['phase'] }[] {
  const logs = points.map(({ cost }) => Math.log10(Math.max(1e-3, cost)));
  const [low, high] = [Math.min(...logs), Math.max(...logs)];
  const most = points.at(-1)!.renderings || 1;
  const x = (i: number) => margin + ((width - 2 * margin) * points[i]!.renderings) / most;
  const y = (i: number) => height - margin - ((logs[i]! - low) / Math.max(0.1, high - low)) * (height - 2 * margin);
  const lines: { path: string; phase: CurvePoint['phase'] }[] = [];
  points.forEach(({ phase, cost }, i) => {
    const before = points[i - 1];
    const at = `${x(i).toFixed(1)} ${y(i).toFixed(1)}`;
    if (!before || before.phase !== phase || cost > jump * before.cost) lines.push({ path: `M${at}h.01`, phase });
    else lines.at(-1)!.path += `L${at}`;
  });
  return lines;
}
