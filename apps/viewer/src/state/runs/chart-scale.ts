/** A curve: y by x, a whole number. */
export interface Curve {
  readonly key: string;
  readonly name: string;
  readonly color: number;
  readonly dashed?: boolean;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** An axis: both ends, and where it is labelled. */
export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
}

/** Whole numbers from the first to the last epoch, of which some are labelled. @param most labels that there is room for */
export function epochAxis(curves: readonly Curve[], most: number): Axis {
  const xs = curves.flatMap(({ points }) => points.map(([x]) => x));
  const [first, last] = xs.length === 0 ? [0, 1] : [Math.min(...xs), Math.max(...xs)];
  // A single epoch stands in the middle.
  if (first === last) return { from: first - 0.5, to: last + 0.5, ticks: [first] };
  const step = Math.max(1, niceStep((last - first) / Math.max(1, most)));
  const ticks = [];
  for (let x = Math.ceil(first / step) * step; x <= last; x += step) ticks.push(x);
  return { from: first, to: last, ticks };
}

/** An axis for these values. @param least where it begins at the latest, if that is fixed */
export function linearAxis(values: readonly number[], least?: number): Axis {
  const low = least ?? Math.min(...values);
  const high = Math.max(low + 1e-9, ...values);
  const step = niceStep((high - low) / 4);
  const [from, to] = [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step];
  const ticks = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => tidy(from + i * step));
  return { from, to, ticks };
}

/** A logarithmic axis for these values, of which those above 0 count. */
export function logarithmicAxis(values: readonly number[]): Axis {
  const positive = values.filter((value) => value > 0);
  if (positive.length === 0) return { from: 0.1, to: 1, ticks: [0.1, 1] };
  const from = Math.min(...positive) * 0.85;
  const to = Math.max(...positive) * 1.2;
  const decades = Math.log10(to / from);
  const marks = decades > 4 ? [1] : decades > 1.2 ? [1, 3] : [1, 1.5, 2, 3, 4, 5, 6, 8];
  const ticks = [];
  for (let power = Math.floor(Math.log10(from)); power <= Math.log10(to); power++) {
    for (const mark of marks) ticks.push(tidy(mark * 10 ** power));
  }
  return { from, to, ticks: ticks.filter((tick) => tick >= from && tick <= to) };
}

/** 1, 2 or 5 times a power of ten, no less than what is given. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return tidy(([1, 2, 5, 10].find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10) * power);
}

function tidy(value: number): number {
  return Number(value.toPrecision(9));
}

/** A number at an axis, short. */
export function tickLabel(value: number): string {
  return value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e5)
    ? value.toExponential().replace('-', '−')
    : String(value).replace('-', '−');
}
