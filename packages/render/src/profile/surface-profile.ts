import { type ParametricSurface, surfacePointError } from '@kanrecon/geometry';

/** The curve that, turned about the z axis, makes a surface of revolution. */
export interface Profile {
  /** Number of points. */
  count: number;
  /** Distance from the axis, ≥ 0. */
  radius: Float64Array;
  z: Float64Array;
  /** Surface coordinate v. */
  v: Float64Array;
  /** Angle about the axis, in radians, at u = uMin. */
  angle: Float64Array;
  /** +1 if the angle grows with u, −1 if it falls. */
  turn: number;
}

/** Points along v. 256 of them put the study's curviest profile within 1e-4 of its height of the true curve. */
const points = 257;

/** Fractions of the u range at which rows are probed: irregular, so that no pattern of a few lobes slips through. */
const probes = [0, 0.0713, 0.2307, 0.3819, 0.5441, 0.6977, 0.8663];

/** Every so many rows all probes are taken, elsewhere only the first. */
const probedRows = 8;

/**
 * The profile of a surface, if the surface is one of revolution about the z axis, with u for angle: each curve of constant v
 * is a circle run once at constant speed. Whether it is so is found by probing, to 1e-9 of its size.
 *
 * @returns undefined if the surface is not of this kind
 * @throws SurfaceError if a point is not finite in single precision
 */
export function surfaceProfile(surface: ParametricSurface, parameters: Float64Array): Profile | undefined {
  if (!surface.closedU || (surface.parts ?? 1) > 1) return undefined;
  const { uMin, uMax, vMin, vMax } = surface.domain(parameters);
  const point = new Float64Array(3);
  const radius = new Float64Array(points);
  const z = new Float64Array(points);
  const v = new Float64Array(points);
  const angle = new Float64Array(points);
  let turn = 0;
  for (let j = 0; j < points; j++) {
    v[j] = vMin + ((vMax - vMin) * j) / (points - 1);
    surface.position(uMin, v[j], parameters, point);
    radius[j] = Math.hypot(point[0], point[1]);
    z[j] = point[2];
    if (!Number.isFinite(Math.fround(radius[j])) || !Number.isFinite(Math.fround(z[j]))) {
      throw surfacePointError('renderSurface', surface, uMin, v[j], parameters, point);
    }
    angle[j] = Math.atan2(point[1], point[0]);
    if (j % probedRows !== 0) continue;
    const tolerance = 1e-9 * (1 + radius[j] + Math.abs(z[j]));
    for (let p = 1; p < probes.length; p++) {
      surface.position(uMin + (uMax - uMin) * probes[p], v[j], parameters, point);
      const r = Math.hypot(point[0], point[1]);
      if (!(Math.abs(r - radius[j]) <= tolerance) || !(Math.abs(point[2] - z[j]) <= tolerance)) return undefined;
      if (r <= tolerance) continue;
      const turned = 2 * Math.PI * probes[p];
      const advance = Math.atan2(point[1], point[0]) - angle[j];
      if (turn === 0) turn = Math.abs(Math.sin((advance - turned) / 2)) < 1e-6 ? 1 : -1;
      // The chord between the point and where it should be.
      if (!(2 * r * Math.abs(Math.sin((advance - turn * turned) / 2)) <= tolerance)) return undefined;
    }
  }
  return turn === 0 ? undefined : { count: points, radius, z, v, angle, turn };
}
