/** Below this R² says little, and the first epochs may lie very far below: an axis with all of them would flatten the rest. */
const usualMin = -0.4;

/**
 * Lower end of an axis for curves of R²: no higher than 0, and so low that at least half of each curve is in sight.
 *
 * @param curves the defined values of each, in any order; one may have none
 */
export function scoreAxisMin(curves: readonly (readonly number[])[]): number {
  const lowest = Math.min(0, ...curves.flat());
  const wanted = Math.min(usualMin, ...curves.filter((values) => values.length > 0).map(lowerMedian));
  return roundedDown(Math.max(lowest, wanted));
}

/** Half of the values are no less. */
function lowerMedian(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!;
}

/** To a tenth, or to a twentieth of what is great: -0.13 → -0.2, -5.2 → -5.5, -13 → -15. */
function roundedDown(value: number): number {
  const step = value > -1 ? 0.1 : 10 ** Math.floor(Math.log10(-value)) / 2;
  // 1e-9: what already is a multiple stays one.
  return Number((Math.floor(value / step + 1e-9) * step).toPrecision(6));
}
