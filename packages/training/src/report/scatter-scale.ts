/** Points of one origin, such as a network. */
export interface ScatterGroup {
  /** Where there are several. */
  readonly name?: string;
  readonly points: readonly (readonly [real: number, predicted: number])[];
  /** Which of the colours and shapes; by default each group's own. */
  readonly series?: number;
  /** Place of the point that is pointed out, among them. */
  readonly marked?: number;
}

/** Where values lie in a picture of {@link scatterSize} pixels; both axes are the same. */
export interface ScatterScale {
  /** Both ends of the axes. */
  readonly from: number;
  readonly to: number;
  x(value: number): number;
  y(value: number): number;
  readonly ticks: readonly { readonly value: number; readonly label: string }[];
}

/** Pixels of the plot and of what is left free at its sides. */
export const scatterSize = 220;
export const scatterMargin = { left: 52, right: 10, top: 10, bottom: 38 } as const;
/** A little air around the values, as a share of them. */
const air = 0.04;

/** The axes of a plot of predicted against real values. @param range of the parameter, which is always in sight */
export function scatterScale(
  range: readonly [min: number, max: number],
  groups: readonly Pick<ScatterGroup, 'points'>[],
): ScatterScale {
  let [low, high] = range;
  for (const { points } of groups) {
    for (const [real, predicted] of points) {
      low = Math.min(low, real, predicted);
      high = Math.max(high, real, predicted);
    }
  }
  // A parameter that has but one value still has a place.
  const spread = high - low || Math.abs(high) || 1;
  const [from, to] = [low - air * spread, high + air * spread];
  const width = scatterSize - scatterMargin.left - scatterMargin.right;
  const height = scatterSize - scatterMargin.top - scatterMargin.bottom;
  const [least, most] = range;
  return {
    from,
    to,
    x: (value) => round(scatterMargin.left + (width * (value - from)) / (to - from)),
    y: (value) => round(scatterMargin.top + height - (height * (value - from)) / (to - from)),
    ticks: [least, (least + most) / 2, most].map((value) => ({ value, label: String(Number(value.toPrecision(3))) })),
  };
}

/** The outline of a point at (x, y): a circle, a square, a triangle, a lozenge, so that colour alone tells nothing. */
export function pointOutline(group: number, x: number, y: number, radius: number): string {
  const r = round(radius);
  const [half, wide] = [round(0.89 * radius), round(1.25 * radius)];
  switch (group % 4) {
    case 1:
      return `M${round(x - half)} ${round(y - half)}h${2 * half}v${2 * half}h${-2 * half}z`;
    case 2:
      return `M${x} ${round(y - wide)}l${round(1.1 * radius)} ${round(1.9 * radius)}h${-round(2.2 * radius)}z`;
    case 3:
      return `M${x} ${round(y - wide)}l${wide} ${wide}l${-wide} ${wide}l${-wide} ${-wide}z`;
    default:
      return `M${round(x - radius)} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
  }
}

function round(value: number): number {
  return Number(value.toFixed(1));
}
