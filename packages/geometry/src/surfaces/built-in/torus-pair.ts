import type { ParametricSurface, WritableVector } from '../parametric-surface.js';
import { surfaceParameter } from '../surface-parameter.js';

/**
 * Two linked rings: a torus around the z axis, and one whose centre lies on the x axis near the first one's core circle and whose
 * plane is tilted about the x axis. Two closed parts that do not touch, for all parameters inside their ranges.
 *
 * For u in [0, 2π) the first torus, for u in [2π, 4π) the second; v in [0, 2π] runs around the tube.
 */
export const torusPair: ParametricSurface = {
  name: 'torus-pair',
  description: 'Two linked rings, closed; one lies flat, the other is tilted through it.',
  parameters: [
    surfaceParameter(
      'radius_1',
      0.8,
      1.2,
      'units',
      'radius of the first ring',
      'From its centre to the middle of its tube.',
    ),
    surfaceParameter('tube_1', 0.1, 0.2, 'units', 'tube of the first ring', 'Radius of its tube.'),
    surfaceParameter(
      'radius_2',
      0.8,
      1.2,
      'units',
      'radius of the second ring',
      'From its centre to the middle of its tube.',
    ),
    surfaceParameter('tube_2', 0.1, 0.2, 'units', 'tube of the second ring', 'Radius of its tube.'),
    surfaceParameter('distance', 0.9, 1.1, 'units', 'distance', 'Between the centres, along x.'),
    surfaceParameter('tilt', Math.PI / 3, (2 * Math.PI) / 3, 'rad', 'tilt', 'Angle between the planes, about x.'),
  ],
  closedU: true,
  closedV: true,
  parts: 2,
  domain: () => ({ uMin: 0, uMax: 4 * Math.PI, vMin: 0, vMax: 2 * Math.PI }),
  position(u, v, parameters, out, offset = 0) {
    const ring = u < 2 * Math.PI ? 0 : 2;
    const across = parameters[ring] + parameters[ring + 1] * Math.cos(v);
    out[offset] = across * Math.cos(u);
    out[offset + 1] = across * Math.sin(u);
    out[offset + 2] = parameters[ring + 1] * Math.sin(v);
    if (ring === 0) return;
    tilt(parameters[5], out, offset);
    out[offset] += parameters[4];
  },
  normal(u, v, parameters, out, offset = 0) {
    out[offset] = Math.cos(v) * Math.cos(u);
    out[offset + 1] = Math.cos(v) * Math.sin(u);
    out[offset + 2] = Math.sin(v);
    if (u >= 2 * Math.PI) tilt(parameters[5], out, offset);
  },
  bounds(parameters) {
    const [firstRadius, firstTube, radius, tube, distance, angle] = Array.from(parameters);
    // A circle's reach along an axis is its radius times the sine of the axis' angle to the circle's normal.
    const y = radius * Math.abs(Math.cos(angle)) + tube;
    const z = radius * Math.abs(Math.sin(angle)) + tube;
    const first = firstRadius + firstTube;
    return {
      min: [Math.min(-first, distance - radius - tube), -Math.max(first, y), -Math.max(firstTube, z)],
      max: [Math.max(first, distance + radius + tube), Math.max(first, y), Math.max(firstTube, z)],
      kind: 'exact',
    };
  },
  area: ({ 0: firstRadius, 1: firstTube, 2: radius, 3: tube }) =>
    4 * Math.PI ** 2 * (firstRadius * firstTube + radius * tube),
};

/** Turns a vector about the x axis. */
function tilt(angle: number, out: WritableVector, offset: number): void {
  const y = out[offset + 1];
  const z = out[offset + 2];
  out[offset + 1] = y * Math.cos(angle) - z * Math.sin(angle);
  out[offset + 2] = y * Math.sin(angle) + z * Math.cos(angle);
}
