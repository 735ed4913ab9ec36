import type { ImageDraw } from './image-draws.js';
import { type ImageFunction, imageDifference, largestChange, largestOf } from './image-function.js';
import type { ParameterRange } from './invariance.js';
import type { MeasureOptions } from './measure-draws.js';
import { soften } from './soften.js';
import { symmetricEigen } from './symmetric-eigen.js';
import { takeTurn } from './take-turn.js';

/** Where a curve along which an image seems not to change leads, both ways, from one draw. */
export interface FollowedCurve {
  /** Whether the image stays the same on it until a parameter reaches the end of its range, both ways. */
  readonly toTheEnds: boolean;
  /** Largest change of any byte of the softened image on it, in 1/255; past the end of what stays the same if it does not reach further. */
  readonly largestChange: number;
  /** By parameter, how far it moves while the image stays the same, from end to end, as a share of its range. */
  readonly reach: Float64Array;
}

/** What a curve is followed with. All vectors are in shares of the parameters' ranges. */
export interface CurveStart {
  /** Indices of the parameters that may move. */
  readonly active: readonly number[];
  /** The direction at the draw. */
  readonly direction: ArrayLike<number>;
  /** How many directions hide at the draw, of the active parameters' ones. */
  readonly hidden: number;
  /** Directions that are known to hide and are not to be followed, at any place. */
  readonly named: (at: Float64Array) => readonly Float64Array[];
}

/** What a line one pixel wide keeps of its height when it is softened: the middle weight of the filter, twice applied. */
const softenedShare = 70 / 256;
/** Steps of the curve and of the differences along it. */
const longestStep = 0.12;
const shortestStep = 0.015;
const differenceStep = 0.02;
/** A curve longer than this is taken to have no end: a circle, say. */
const longestCurve = 4;
/** A corrected step that leads less far ahead than this share of it leads nowhere. */
const leastProgress = 0.25;
/** After so many the curve counts as not followed to its end. */
const mostSteps = 150;
/** Renders that bring a place back to the curve, with one Jacobian. */
const corrections = 4;
/** A direction that shows less than this share of the strongest is not used to correct. */
const weakest = 1e-3;
/** Slopes that brought a place back in so few corrections are used again, so many times. */
const fewCorrections = 2;
const longestAge = 3;
/** Moves to either side of a place that only nearly has the draw's image. */
const nudges = [1e-4, 3e-4, 1e-3];
/** Less than a change of a single byte adds up to. */
const nothing = 1e-6;

/**
 * Follows a direction that hides at a draw as a curve: a step along it, then least squares over all directions that show, until the image is
 * that of the draw again (a predictor and a corrector, as in Allgower and Georg, Introduction to Numerical Continuation Methods, 1990); and
 * so on until a parameter reaches the end of its range or no place ahead has the image any more.
 *
 * Images are compared softened (a Gaussian of 1.4 pixels): places are found with an error of some thousandths of a pixel, and a contour that
 * lies along a row of sub-samples then changes sharp images in jumps. On curves along which spots and cones do not change, the largest
 * softened difference was .2 to 1.0; on one along which a radius changes by 1 %, mostly 1.1 and more.
 *
 * @param tolerance images are the same if a contour changes no byte of the sharp image by more than this, in 1/255: softened, by no more
 *   than {@link softenedShare} of it
 * @param enough how far a parameter must move, as a share of its range, for the rest not to matter
 * @throws the signal's reason if it is aborted
 */
export async function followCurve(
  draw: ImageDraw,
  ranges: readonly ParameterRange[],
  start: CurveStart,
  { tolerance: sharp, signal }: Pick<MeasureOptions, 'tolerance' | 'signal'>,
  enough = Number.POSITIVE_INFINITY,
): Promise<FollowedCurve> {
  const tolerance = softenedShare * sharp;
  const k = ranges.length;
  const from = Float64Array.from(draw.at, (value, j) => (value - ranges[j].min) / (ranges[j].max - ranges[j].min));
  const image: ImageFunction = (x) =>
    draw.image(x.map((share, j) => ranges[j].min + share * (ranges[j].max - ranges[j].min)));
  const target = image(from);
  const [low, high] = [from.slice(), from.slice()];
  const reach = () => high.map((end, j) => end - low[j]);
  let [toTheEnds, worst] = [true, 0];
  for (const sign of [1, -1]) {
    let x: Float64Array = from;
    let direction: Float64Array = Float64Array.from(start.direction, (d) => sign * d);
    let [length, step, steps, age] = [0, longestStep, 0, 0];
    let slopes: Slopes | undefined;
    while (length < longestCurve) {
      await takeTurn(signal);
      slopes ??= slopesAt(image, x, start, direction);
      ({ direction } = slopes);
      const room = roomAhead(x, direction);
      if (room < 1e-6) break;
      const aim = { image, target, tolerance };
      const taken = Math.min(step, room);
      let found = nextPlace(aim, x, slopes, taken);
      if (found.change > tolerance) {
        if (step > shortestStep && room > shortestStep) {
          step = Math.max(shortestStep, step / 2);
          continue;
        }
        // Perhaps what shows there is not what showed here.
        const there = slopesAt(image, found.x, start, direction);
        const again = nextPlace(aim, found.x, there, 0);
        if (again.change < found.change && along(again.x, x, direction) >= leastProgress * taken) found = again;
        if (found.change > tolerance) found = nudged(aim, found, there);
      }
      if (found.change > tolerance || ++steps > mostSteps) {
        worst = Math.max(worst, found.change);
        toTheEnds = false;
        break;
      }
      worst = Math.max(worst, found.change);
      length += distance(x, found.x);
      // What shows changes slowly: where few corrections are enough it is not measured anew, and the way goes on as it went.
      const keeps = found.rounds <= fewCorrections && ++age < longestAge;
      slopes = keeps ? { ...slopes, direction: unit(found.x.map((value, j) => value - x[j])) } : undefined;
      if (!keeps) age = 0;
      x = found.x;
      step = Math.min(longestStep, 1.5 * step);
      for (let j = 0; j < k; j++) {
        low[j] = Math.min(low[j], x[j]);
        high[j] = Math.max(high[j], x[j]);
      }
      if (high.some((end, j) => end - low[j] >= enough))
        return { toTheEnds: false, largestChange: worst, reach: reach() };
    }
  }
  return { toTheEnds, largestChange: worst, reach: reach() };
}

/** What is known of the images around a place of the curve. */
interface Slopes {
  /** Softened change of the image for a step of one by active parameter. */
  readonly columns: readonly Float32Array[];
  readonly active: readonly number[];
  /** Singular directions of these that show, with the squares of their singular values. */
  readonly shown: readonly { readonly value: number; readonly vector: Float64Array }[];
  /** The curve's, of length one, on the side where it came from. */
  readonly direction: Float64Array;
}

function slopesAt(image: ImageFunction, x: Float64Array, start: CurveStart, before: Float64Array): Slopes {
  const { active } = start;
  const m = active.length;
  const columns = active.map((j) => {
    const [up, down] = [x.slice(), x.slice()];
    up[j] = Math.min(1, x[j] + differenceStep);
    down[j] = Math.max(0, x[j] - differenceStep);
    const column = softDifference(image(up), image(down));
    const width = up[j] - down[j];
    for (let i = 0; i < column.length; i++) column[i] /= width;
    return column;
  });
  const gram = new Float64Array(m * m);
  for (let a = 0; a < m; a++) for (let b = a; b < m; b++) gram[a * m + b] = dot(columns[a], columns[b]);
  const { values, vectors } = symmetricEigen(gram, m);
  const rows = Array.from({ length: m }, (_, row) => vectors.slice(row * m, (row + 1) * m));
  const own = Float64Array.from(active, (j) => before[j]);
  let ahead: Float64Array = new Float64Array(m);
  for (const row of rows.slice(0, start.hidden)) addTo(ahead, row, dot(row, own));
  for (const known of orthonormal(start.named(x).map((vector) => Float64Array.from(active, (j) => vector[j])))) {
    addTo(ahead, known, -dot(known, ahead));
  }
  // Where nothing of the direction is left it goes on as it was.
  const length = Math.sqrt(dot(ahead, ahead));
  if (!(length > 0.3)) ahead = own;
  const size = Math.sqrt(dot(ahead, ahead));
  const direction = new Float64Array(x.length);
  active.forEach((j, a) => {
    direction[j] = ahead[a] / size;
  });
  const shown = rows.flatMap((vector, row) =>
    row >= start.hidden && values[row] > Math.max(nothing, weakest ** 2 * values[m - 1])
      ? [{ value: values[row], vector }]
      : [],
  );
  return { columns, active, shown, direction };
}

/** A place and the largest softened change of its image. */
interface Place {
  readonly x: Float64Array;
  readonly change: number;
  /** Corrections that it took. */
  readonly rounds: number;
}

interface Aim {
  readonly image: ImageFunction;
  readonly target: Uint8Array;
  readonly tolerance: number;
}

/** The place a step ahead whose image is nearest to the draw's. */
function nextPlace({ image, target, tolerance }: Aim, x: Float64Array, slopes: Slopes, step: number): Place {
  let place = inside(x.map((value, j) => value + step * slopes.direction[j]));
  let best: Place = { x: place, change: Number.POSITIVE_INFINITY, rounds: 0 };
  for (let round = 0; round <= corrections; round++) {
    const rendered = image(place);
    const residual = softDifference(rendered, target);
    const change = largestChange(rendered, target) === 0 ? 0 : largestOf(residual);
    // Going back is no way to go on.
    const counts = round === 0 || along(place, x, slopes.direction) >= leastProgress * step;
    if (counts && change < best.change) best = { x: place, change, rounds: round };
    if (best.change <= tolerance / 2 || round === corrections) break;
    const move = new Float64Array(slopes.active.length);
    const onto = slopes.columns.map((column) => dot(column, residual));
    for (const { value, vector } of slopes.shown) addTo(move, vector, -dot(vector, onto) / value);
    const next = place.slice();
    slopes.active.forEach((j, a) => {
      next[j] += move[a];
    });
    place = inside(next);
  }
  return best;
}

/**
 * The best of some places next to one: where a contour of the draw's image lies along a row of sub-samples, least squares stops a thousandth
 * of a pixel before it, and the whole row differs.
 */
function nudged({ image, target, tolerance }: Aim, from: Place, { active, shown }: Slopes): Place {
  let best = from;
  for (const size of nudges) {
    for (const { vector } of shown) {
      for (const sign of [1, -1]) {
        const x = best.x.slice();
        active.forEach((j, a) => {
          x[j] += sign * size * vector[a];
        });
        const place = inside(x);
        const change = largestOf(softDifference(image(place), target));
        if (change < best.change) best = { x: place, change, rounds: corrections };
        if (change <= tolerance) return best;
      }
    }
  }
  return best;
}

/** How far a place lies from another in a direction of length one. */
function along(place: Float64Array, from: Float64Array, direction: Float64Array): number {
  return dot(direction, place) - dot(direction, from);
}

/** How far a direction can be followed until a parameter is at an end of its range. */
function roomAhead(x: Float64Array, direction: Float64Array): number {
  let room = Number.POSITIVE_INFINITY;
  for (let j = 0; j < x.length; j++) {
    if (Math.abs(direction[j]) < 1e-3) continue;
    room = Math.min(room, ((direction[j] > 0 ? 1 : 0) - x[j]) / direction[j]);
  }
  return Math.max(0, room);
}

function inside(x: Float64Array): Float64Array {
  return x.map((value) => Math.min(1, Math.max(0, value)));
}

function softDifference(a: Uint8Array, b: Uint8Array): Float32Array {
  const out = imageDifference(a, b);
  soften(out);
  return out;
}

function unit(vector: Float64Array): Float64Array {
  const length = Math.sqrt(dot(vector, vector));
  return vector.map((value) => value / length);
}

function distance(a: Float64Array, b: Float64Array): number {
  return Math.hypot(...a.map((value, j) => value - b[j]));
}

/** Unit vectors at right angles that span the same. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const out: Float64Array[] = [];
  for (const vector of vectors) {
    const rest = vector.slice();
    for (const known of out) addTo(rest, known, -dot(known, rest));
    const length = Math.sqrt(dot(rest, rest));
    if (length > 1e-9) out.push(rest.map((value) => value / length));
  }
  return out;
}

function addTo(sum: Float64Array, vector: ArrayLike<number>, weight: number): void {
  for (let i = 0; i < sum.length; i++) sum[i] += weight * vector[i];
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
