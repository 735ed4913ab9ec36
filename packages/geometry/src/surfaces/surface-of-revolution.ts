import { showValue } from '../show-value.js';
import {
  checkDefinition,
  checkParameterFields,
  type FieldRule,
  flagField,
  required,
  textField,
} from './check-definition.js';
import { checkSurface } from './check-surface.js';
import { type CubicBezier, cubicBezier, cubicBezierRange, cubicBezierSlope } from './cubic-bezier.js';
import type { SurfaceParameterDefinition } from './define-surface.js';
import type { ParametricSurface, WritableVector } from './parametric-surface.js';

/** A point of a profile: distance from the z axis, and z, in the object's units. */
export type ProfilePoint = readonly [radius: number, z: number];

/** Options of {@link surfaceOfRevolution}. */
export interface SurfaceOfRevolutionOptions {
  readonly name: string;
  readonly description?: string;
  /** Shape parameters, for a profile that is a function of them. `label` is the name and `unit` empty when left out. */
  readonly parameters?: readonly SurfaceParameterDefinition[];
  /**
   * Two or more points, joined by a smooth curve (Catmull-Rom) that goes through each of them; or a smooth function of t in [0, 1] and the
   * parameters, in their order. A profile that runs upwards on the outside gives normals that point outwards.
   */
  readonly profile: readonly ProfilePoint[] | ((t: number, parameters: ArrayLike<number>) => ProfilePoint);
  /** Whether the profile is a ring: its end is its start. A list of points is then joined round; do not repeat the first. */
  readonly closed?: boolean;
  /** For a function: whether the profile starts and ends on the axis. Points say so themselves, by a radius of 0. */
  readonly poles?: readonly [start: boolean, end: boolean];
}

/** Difference step of a function's slope. */
const step = 1e-5;
/** Places at which a function's radius is looked at, and what may be seen as rounding, as a fraction of the greatest. */
const probes = 64;
const rounding = 1e-9;

const rules: Readonly<Record<keyof SurfaceOfRevolutionOptions, FieldRule>> = {
  // A name and parameters have rules of their own.
  name: { expected: 'a name', holds: () => true },
  description: textField,
  parameters: { expected: 'a list', holds: () => true },
  profile: required({
    expected: 'a list of points [radius, z] or a function of t and the parameters that gives one',
    holds: (value) => typeof value === 'function' || Array.isArray(value),
  }),
  closed: flagField,
  poles: {
    expected: '[start, end], each true or false',
    holds: (value) => Array.isArray(value) && value.length === 2 && value.every((end) => typeof end === 'boolean'),
  },
};

/**
 * A profile turned about the z axis: u is the angle, v runs along the profile from 0 to 1. Normals come from the profile's slope, exact
 * for points and by differences (error about 1e-9) for a function. The box of a profile of points is exact.
 *
 * @throws if an option is unknown or of the wrong kind, a point is not finite or has a negative radius (a function's are looked at in 65
 *   places), there are too few, or the surface is not sound (see `defineSurface`)
 */
export function surfaceOfRevolution(options: SurfaceOfRevolutionOptions): ParametricSurface {
  checkDefinition('surfaceOfRevolution', options, rules);
  checkParameterFields('surfaceOfRevolution', options.parameters ?? []);
  const { name, description, profile, closed = false } = options;
  const parameters = (options.parameters ?? []).map((entry) => ({ unit: '', label: entry.name, ...entry }));
  const curve = typeof profile === 'function' ? functionCurve(profile, closed) : pointsCurve(profile, closed);
  const [start, end] =
    typeof profile === 'function' ? (options.poles ?? []) : [profile[0][0] === 0, profile[profile.length - 1][0] === 0];
  const reached = new Float64Array(2);
  const slope = new Float64Array(2);
  const surface: ParametricSurface = {
    name,
    description: description ?? 'A surface of revolution about the z axis.',
    parameters,
    closedU: true,
    closedV: closed,
    poleVMin: !closed && (start ?? false),
    poleVMax: !closed && (end ?? false),
    domain: () => ({ uMin: 0, uMax: 2 * Math.PI, vMin: 0, vMax: 1 }),
    position(u, v, values, out, offset = 0) {
      curve.point(v, values, reached);
      out[offset] = reached[0] * Math.cos(u);
      out[offset + 1] = reached[0] * Math.sin(u);
      out[offset + 2] = reached[1];
    },
    normal(u, v, values, out, offset = 0) {
      curve.slope(v, values, slope);
      const length = Math.hypot(slope[0], slope[1]) || 1;
      out[offset] = (slope[1] / length) * Math.cos(u);
      out[offset + 1] = (slope[1] / length) * Math.sin(u);
      out[offset + 2] = -slope[0] / length;
    },
    ...(curve.bounds && { bounds: curve.bounds }),
  };
  // The normal is none of the user's, and right unless the radius is negative, which is another error.
  const { normal: _, ...claims } = surface;
  checkSurface(claims, 'surfaceOfRevolution');
  if (typeof profile === 'function') checkRadii(surface, profile);
  return surface;
}

/** @throws if a profile crosses the axis, with the parameters at the least, middle and greatest of their ranges */
function checkRadii({ parameters }: ParametricSurface, profile: ProfileFunction): void {
  for (const fraction of [0.5, 0, 1]) {
    const vector = parameters.map(({ min, max }) => min + fraction * (max - min));
    const radii = Array.from({ length: probes + 1 }, (_, i) => profile(i / probes, vector)[0]);
    const least = Math.max(...radii.map(Math.abs)) * -rounding;
    const wrong = radii.findIndex((radius) => radius < least);
    if (wrong < 0) continue;
    const at = [`t = ${wrong / probes}`, ...parameters.map(({ name }, i) => `${name} = ${vector[i]}`)].join(', ');
    throw new Error(
      `surfaceOfRevolution: the profile's radius is negative at ${at}; expected 0 or more, got ${radii[wrong]}`,
    );
  }
}

type ProfileFunction = (t: number, parameters: ArrayLike<number>) => ProfilePoint;

interface Curve {
  point(t: number, parameters: ArrayLike<number>, out: WritableVector): void;
  slope(t: number, parameters: ArrayLike<number>, out: WritableVector): void;
  bounds?: ParametricSurface['bounds'];
}

function functionCurve(profile: ProfileFunction, closed: boolean): Curve {
  return {
    point(t, parameters, out) {
      const given = profile(t, parameters);
      if (!Array.isArray(given) && !ArrayBuffer.isView(given)) {
        throw new Error(
          `surfaceOfRevolution: profile is wrong; expected a function that returns [radius, z], got ${showValue(given)}`,
        );
      }
      const [radius, z] = given;
      out[0] = radius;
      out[1] = z;
    },
    slope(t, parameters, out) {
      const at = (position: number) => profile(closed ? position - Math.floor(position) : position, parameters);
      // At the ends of an open profile one-sided, of second order too.
      const side = closed ? 0 : t < step ? 1 : t > 1 - step ? -1 : 0;
      const [a, b, c] =
        side === 0 ? [at(t - step), at(t), at(t + step)] : [at(t), at(t + side * step), at(t + 2 * side * step)];
      for (let axis = 0; axis < 2; axis++) {
        const difference = side === 0 ? c[axis] - a[axis] : side * (4 * b[axis] - 3 * a[axis] - c[axis]);
        out[axis] = difference / (2 * step);
      }
    },
  };
}

function pointsCurve(points: readonly ProfilePoint[], closed: boolean): Curve {
  const least = closed ? 3 : 2;
  if (points.length < least) {
    throw new Error(`surfaceOfRevolution: too few profile points; expected at least ${least}, got ${points.length}`);
  }
  points.forEach((point, i) => {
    if (Array.isArray(point) && point.length === 2 && point[0] >= 0 && point.every(Number.isFinite)) return;
    throw new Error(
      `surfaceOfRevolution: profile point ${i} is wrong; expected [radius ≥ 0, z], got ${showValue(point)}`,
    );
  });
  const count = closed ? points.length : points.length - 1;
  const at = (i: number) => points[closed ? (i + points.length) % points.length : Math.min(Math.max(i, 0), count)];
  const segments = [0, 1].map((axis) =>
    Array.from({ length: count }, (_, i): CubicBezier => {
      const [before, from, to, after] = [at(i - 1)[axis], at(i)[axis], at(i + 1)[axis], at(i + 2)[axis]];
      const inner: CubicBezier = [from, from + (to - before) / 6, to - (after - from) / 6, to];
      // A radius stays on its side of the axis if its coefficients do.
      return axis === 0 ? [from, Math.max(0, inner[1]), Math.max(0, inner[2]), to] : inner;
    }),
  );
  const locate = (t: number): [number, number] => {
    const segment = Math.min(Math.max(Math.floor(t * count), 0), count - 1);
    return [segment, t * count - segment];
  };
  return {
    point(t, _, out) {
      const [segment, local] = locate(t);
      for (let axis = 0; axis < 2; axis++) out[axis] = cubicBezier(segments[axis][segment], local);
    },
    slope(t, _, out) {
      const [segment, local] = locate(t);
      for (let axis = 0; axis < 2; axis++) out[axis] = cubicBezierSlope(segments[axis][segment], local);
    },
    bounds() {
      const [radii, heights] = segments.map((axis) => axis.map(cubicBezierRange));
      const r = Math.max(...radii.map(([, max]) => max));
      return {
        min: [-r, -r, Math.min(...heights.map(([min]) => min))],
        max: [r, r, Math.max(...heights.map(([, max]) => max))],
        kind: 'exact',
      };
    },
  };
}
