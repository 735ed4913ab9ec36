import { type AffineForm, canonicalForm } from './affine-form.js';
import { levenbergMarquardt } from './levenberg-marquardt.js';
import { moments } from './statistics.js';
import {
  type SymbolicFamily,
  type SymbolicFunction,
  type SymbolicName,
  symbolicFunctions,
} from './symbolic-functions.js';

/** The best fit of one function. */
export interface FunctionFit {
  readonly form: AffineForm;
  readonly r2: number;
}

/** Points that the search looks at first; those that the refinement then fits. */
const coarsePoints = 64;
const finePoints = 250;
const starts = 2;
/** Frequency, in radians per half of the range, up to which waves are looked for on the first points. */
const fastestSlow = 40;

/**
 * The points that a fit looks at: all of them, or every so manyeth in the order of x, so that they lie as the inputs do.
 */
export function fitPoints(x: Float64Array, count = finePoints): Float64Array {
  const sorted = Float64Array.from(x).sort();
  if (sorted.length <= count) return sorted;
  return Float64Array.from({ length: count }, (_, k) => sorted[Math.round((k * (sorted.length - 1)) / (count - 1))]!);
}

/**
 * Fits y = c·f(a·x + b) + d by least squares: a grid over (a, b) with c and d solved for at each of its points, then Levenberg-Marquardt
 * over all from the best of them. x is scaled to ±1 for it, so that the grid's places do not depend on units.
 *
 * @param x ascending, not all the same
 * @returns null if the function is defined nowhere on these points
 */
export function fitFunction(name: SymbolicName, x: Float64Array, y: Float64Array): FunctionFit | null {
  const { t, half, middle } = scaled(x);
  const every = Math.max(1, (t.length - 1) / (coarsePoints - 1));
  const picks = Array.from({ length: Math.floor((t.length - 1) / every) + 1 }, (_, k) => Math.round(k * every));
  const coarseT = Float64Array.from(picks, (p) => t[p]!);
  const coarseY = Float64Array.from(picks, (p) => y[p]!);
  // The ends must be inside the domain, so they are among the points in any case.
  const f = symbolicFunctions[name];
  const candidates = [...gridOf(name, f.family)]
    .map(([a, b]) => startAt(f, a, b, coarseT, coarseY, name))
    .filter((fit) => fit !== null)
    .sort((p, q) => q.r2 - p.r2)
    .slice(0, starts);
  return bestRefined(f, candidates, { t, half, middle }, y);
}

/**
 * The best wave that is faster than those which {@link fitFunction} looks for: over all points, up to the frequency beyond which points at
 * their mean distance see a slower one.
 *
 * @returns null for a function that is no wave, and if there is none
 */
export function fitFastWave(name: SymbolicName, x: Float64Array, y: Float64Array): FunctionFit | null {
  const f = symbolicFunctions[name];
  if (f.family !== 'wave') return null;
  const place = scaled(x);
  const fastest = (Math.PI * (x.length - 1)) / 2;
  let best: FunctionFit | null = null;
  // A peak is 2π wide.
  for (let a = fastestSlow; a < fastest; a++) {
    const fit = waveAt(a, place.t, y, name);
    if (fit && !(best && best.r2 >= fit.r2)) best = fit;
  }
  return best && bestRefined(f, [best], place, y);
}

/** Inputs within ±1, and how to come back. */
interface ScaledInputs {
  readonly t: Float64Array;
  readonly half: number;
  readonly middle: number;
}

function scaled(x: Float64Array): ScaledInputs {
  const low = x[0]!;
  const half = (x[x.length - 1]! - low) / 2;
  const middle = low + half;
  return { t: x.map((value) => (value - middle) / half), half, middle };
}

function bestRefined(
  f: SymbolicFunction,
  candidates: readonly FunctionFit[],
  { t, half, middle }: ScaledInputs,
  y: Float64Array,
): FunctionFit | null {
  let best: FunctionFit | null = null;
  for (const { form } of candidates) {
    const fit = refine(f, form, t, y);
    if (fit && !(best && best.r2 >= fit.r2)) best = fit;
  }
  if (!best) return null;
  const { a, b, c, d } = best.form;
  const { name } = best.form;
  return { form: canonicalForm({ name, a: a / half, b: b - (a * middle) / half, c, d }), r2: best.r2 };
}

/** Places (a, b) to try, for x within ±1. */
function* gridOf(name: SymbolicName, family: SymbolicFamily): Generator<[a: number, b: number]> {
  const signs = [1, -1];
  if (family === 'line') yield [1, 0];
  else if (family === 'exp') for (const a of geometric(0.02, 40, 60)) for (const s of signs) yield [s * a, 0];
  // b follows from the data, see startAt.
  else if (family === 'wave') for (let a = 0.1; a < fastestSlow; a += 0.1) yield [a, 0];
  else if (family === 'shape') {
    for (const a of geometric(0.1, 50, 24)) for (let m = -2; m <= 2; m += 0.125) yield [a, -a * m];
  } else if (name === 'sqrt' || family === 'log') {
    // The edge of the domain at one end of the data or beyond it.
    for (const a of signs) for (const away of [0, ...geometric(1e-6, 100, 50)]) yield [a, 1 + away];
  } else if (name === '1/x' || name === '1/x^2') {
    for (const away of geometric(1e-3, 50, 50)) for (const s of signs) yield [1, s * (1 + away)];
  } else if (name === 'abs') for (let b = -0.98; b < 1; b += 0.02) yield [1, b];
  else for (let k = -40; k <= 40; k++) yield [1, Math.sinh(k / 11)];
}

function* geometric(from: number, to: number, count: number): Generator<number> {
  for (let k = 0; k < count; k++) yield from * (to / from) ** (k / (count - 1));
}

/** The form with this a and b, and c and d (for waves b too) by linear least squares. */
function startAt(
  f: SymbolicFunction,
  a: number,
  b: number,
  t: Float64Array,
  y: Float64Array,
  name: SymbolicName,
): FunctionFit | null {
  if (f.family === 'wave') return waveAt(a, t, y, name);
  if (f.domain && !t.every((value) => f.domain!(a * value + b))) return null;
  return linearFit(
    { name, a, b, c: 1, d: 0 },
    t.map((value) => f.value(a * value + b)),
    y,
  );
}

/** p·sin(a·t) + q·cos(a·t) + r, as one wave. */
function waveAt(a: number, t: Float64Array, y: Float64Array, name: SymbolicName): FunctionFit | null {
  const n = t.length;
  const sines = t.map((value) => Math.sin(a * value));
  const cosines = t.map((value) => Math.cos(a * value));
  const [s, c, m] = [moments(sines), moments(cosines), moments(y)];
  let [ss, sc, cc, sy, cy] = [0, 0, 0, 0, 0];
  for (let k = 0; k < n; k++) {
    const [u, v, w] = [sines[k]! - s.mean, cosines[k]! - c.mean, y[k]! - m.mean];
    ss += u * u;
    sc += u * v;
    cc += v * v;
    sy += u * w;
    cy += v * w;
  }
  const determinant = ss * cc - sc * sc;
  if (!(determinant > 1e-12 * ss * cc)) return null;
  const p = (sy * cc - cy * sc) / determinant;
  const q = (cy * ss - sy * sc) / determinant;
  const amplitude = Math.hypot(p, q);
  if (!(amplitude > 0)) return null;
  const phase = Math.atan2(q, p) - (name === 'cos' ? Math.PI / 2 : 0);
  const form = { name, a, b: phase, c: amplitude, d: m.mean - p * s.mean - q * c.mean };
  return { form, r2: (p * sy + q * cy) / (n * m.deviation ** 2) };
}

/** c and d for the given values of f. */
function linearFit(form: AffineForm, values: Float64Array, y: Float64Array): FunctionFit | null {
  const [f, m] = [moments(values), moments(y)];
  if (!(f.deviation > 1e-12 * Math.abs(f.mean) && Number.isFinite(f.deviation))) return null;
  let covariance = 0;
  for (let k = 0; k < y.length; k++) covariance += ((values[k]! - f.mean) * (y[k]! - m.mean)) / y.length;
  const c = covariance / f.deviation ** 2;
  return { form: { ...form, c, d: m.mean - c * f.mean }, r2: (covariance / (f.deviation * m.deviation)) ** 2 };
}

/** All of a, b, c, d that the family leaves free, on all points; c and d once more exactly at the end. */
function refine(f: SymbolicFunction, form: AffineForm, t: Float64Array, y: Float64Array): FunctionFit | null {
  const { name } = form;
  const start = Float64Array.of(form.a, form.b, form.c, form.d);
  const moving = {
    line: [2, 3],
    power: [1, 2, 3],
    log: [1, 2, 3],
    exp: [0, 2, 3],
    wave: [0, 1, 2, 3],
    shape: [0, 1, 2, 3],
  };
  const free = moving[f.family];
  const full = (parameters: Float64Array) => {
    const all = Float64Array.from(start);
    free.forEach((p, i) => {
      all[p] = parameters[i]!;
    });
    return all;
  };
  const cost = (parameters: Float64Array) => {
    const [a, b, c, d] = full(parameters) as unknown as [number, number, number, number];
    let total = 0;
    for (let k = 0; k < t.length; k++) {
      const u = a * t[k]! + b;
      if (f.domain && !f.domain(u)) return Number.POSITIVE_INFINITY;
      total += (c * f.value(u) + d - y[k]!) ** 2 / 2;
    }
    return Number.isFinite(total) ? total : Number.POSITIVE_INFINITY;
  };
  const normalEquations = (parameters: Float64Array, hessian: Float64Array, gradient: Float64Array) => {
    const [a, b, c, d] = full(parameters) as unknown as [number, number, number, number];
    const n = free.length;
    for (let k = 0; k < t.length; k++) {
      const u = a * t[k]! + b;
      const value = f.value(u);
      const slope = c * f.slope(u);
      const row = [slope * t[k]!, slope, value, 1];
      const residual = c * value + d - y[k]!;
      for (let i = 0; i < n; i++) {
        gradient[i]! += row[free[i]!]! * residual;
        for (let j = 0; j < n; j++) hessian[i * n + j]! += row[free[i]!]! * row[free[j]!]!;
      }
    }
  };
  const first = Float64Array.from(free, (p) => start[p]!);
  const solution = levenbergMarquardt({ cost, normalEquations }, first, 60, 1e-6);
  if (!Number.isFinite(solution.cost)) return null;
  const [a, b, c, d] = full(solution.parameters) as unknown as [number, number, number, number];
  const fit = linearFit(
    { name, a, b, c, d },
    t.map((value) => f.value(a * value + b)),
    y,
  );
  return fit && { form: fit.form, r2: Math.min(1, fit.r2) };
}
