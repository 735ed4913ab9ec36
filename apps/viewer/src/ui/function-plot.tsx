import type { JSX } from 'preact';
import { digits } from './format.js';

const [width, height] = [360, 220];
const frame = { left: 62, top: 10, right: 352, bottom: 178 };

interface FunctionPlotProps {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Where on the axis of x the images lie. */
  readonly inputs: Float32Array;
  /** In words, for screen readers. */
  readonly label: string;
}

/** A function of one variable, and where the inputs lie that it is used for. */
export function FunctionPlot({ x, y, inputs, label }: FunctionPlotProps): JSX.Element {
  const [low, high] = [x[0]!, x.at(-1)!];
  let [least, most] = [Infinity, -Infinity];
  for (const value of y) [least, most] = [Math.min(least, value), Math.max(most, value)];
  const across = (value: number) => frame.left + ((value - low) / (high - low || 1)) * (frame.right - frame.left);
  const up = (value: number) =>
    most > least
      ? frame.bottom - ((value - least) / (most - least)) * (frame.bottom - frame.top)
      : (frame.top + frame.bottom) / 2;
  const path = Array.from(x, (at, i) => `${across(at).toFixed(1)} ${up(y[i]!).toFixed(1)}`).join('L');
  const zero = least < 0 && most > 0 ? up(0) : undefined;
  return (
    <svg class="function-plot" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {zero !== undefined && <path class="zero" d={`M${frame.left} ${zero}H${frame.right}`} />}
      <path class="rug" d={Array.from(inputs, (at) => `M${across(at).toFixed(1)} 184v8`).join('')} />
      <path class="function" d={`M${path}`} />
      <text x={frame.left} y={206}>
        x from {digits(low)}
      </text>
      <text x={frame.right} y={206} text-anchor="end">
        to {digits(high)}
      </text>
      <text x={frame.left - 6} y={frame.top + 8} text-anchor="end">
        {digits(most)}
      </text>
      <text x={frame.left - 6} y={frame.bottom} text-anchor="end">
        {digits(least)}
      </text>
    </svg>
  );
}
