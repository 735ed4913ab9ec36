import { jet } from './jet.js';
import { srgbCurve } from './tone-curve.js';

/** Of vertices without a value, display-encoded. */
const noValue = [0.5, 0.5, 0.5];

/**
 * Vertex colours that show a value by a colour map, {@link jet} when none is given, for `renderMesh(mesh, {vertexColors, unlit: true})`, whose
 * image then shows exactly the map's colours.
 *
 * @param values one a vertex; NaN (as `surfaceDistances` gives a vertex that no triangle uses) for none: mid grey, left out of the range
 * @param min value of the map's beginning (jet's blue end); the least value when left out
 * @param max value of the map's end (jet's red one); the greatest value when left out
 * @param map from [0, 1] to display-encoded red, green, blue: `jet`, `perceptual` or one of your own
 * @returns linear red, green, blue, three numbers a value
 * @throws if min or max is not finite or max is less than min
 */
export function colorsByValue(
  values: ArrayLike<number>,
  min?: number,
  max?: number,
  map: (t: number) => readonly [number, number, number] = jet,
): Float32Array {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < values.length; k++) {
    // Comparisons with NaN are false: it is left out.
    if (values[k] < least) least = values[k];
    if (values[k] > greatest) greatest = values[k];
  }
  const from = min ?? (least > greatest ? 0 : least);
  const to = max ?? (least > greatest ? 1 : greatest);
  if (!Number.isFinite(from) || !Number.isFinite(to) || to < from) {
    throw new Error(`colorsByValue: the range must be finite and ascending; expected min ≤ max, got ${from}, ${to}`);
  }
  const { decode } = srgbCurve();
  const colors = new Float32Array(3 * values.length);
  for (let k = 0; k < values.length; k++) {
    const color = Number.isNaN(values[k]) ? noValue : map(to > from ? (values[k] - from) / (to - from) : 0);
    for (let c = 0; c < 3; c++) colors[3 * k + c] = decode(color[c]);
  }
  return colors;
}
