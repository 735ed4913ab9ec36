/**
 * The jet colour map: dark blue, blue, cyan, yellow, red, dark red (Matlab's and matplotlib's piecewise linear definition).
 *
 * @param t 0 to 1; beyond, the ends' colours; NaN is grey
 * @returns display-encoded red, green, blue in [0, 1]
 */
export function jet(t: number): [number, number, number] {
  if (Number.isNaN(t)) return [0.5, 0.5, 0.5];
  const x = Math.min(Math.max(t, 0), 1);
  return [ramp(x - 0.75), ramp(x - 0.5), ramp(x - 0.25)];
}

/** 1 within an eighth of 0, falling to 0 at three eighths. */
function ramp(distance: number): number {
  return Math.min(Math.max(1.5 - 4 * Math.abs(distance), 0), 1);
}
