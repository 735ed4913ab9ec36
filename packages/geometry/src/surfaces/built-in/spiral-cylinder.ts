import type { ParametricSurface } from '../parametric-surface.js';
import { type SurfaceParameter, surfaceParameter } from '../surface-parameter.js';
import { columnGrid } from './column-grid.js';
import { columnRadius } from './column-radius.js';

/** The study's six parameters: a column's radius, height, twist and waves. */
export const columnParameters: readonly SurfaceParameter[] = [
  surfaceParameter('radius', 0.5, 1.5, 'units', 'radius', 'Distance from the axis, averaged over the waves.'),
  surfaceParameter('height', 1, 3, 'units', 'height', 'Extent along z, from 0 up.'),
  surfaceParameter(
    'twist_amp',
    0.5,
    2,
    'rad',
    'twist amplitude',
    'Greatest angle by which points are turned about the axis.',
  ),
  surfaceParameter('twist_freq', 1, 5, 'rad/unit', 'twist frequency', 'How fast the twist goes to and fro along z.'),
  surfaceParameter('wave_amp', 0, 0.5, 'units', 'wave amplitude', 'Greatest deviation of the radius from its average.'),
  surfaceParameter('wave_freq', 1, 4, 'rad/unit', 'wave frequency', 'How fast the radius waves along z.'),
];

/**
 * The spiral cylinder of the study "Parametric reconstruction of 3D object with KAN" (data set DOI
 * 10.5281/zenodo.15819213): an open tube around the z axis whose radius waves and whose points are twisted along z.
 *
 * For u in [0, 2π], v in [0, height]:
 *
 *     angle = u + twist_amp · sin(twist_freq · v)
 *     r     = radius + wave_amp · cos(wave_freq · v)
 *     point = (r · cos(angle), r · sin(angle), v)
 *
 * It is a surface of revolution: the twist only slides points along circles, so on a plain-coloured object it cannot be seen.
 */
export const spiralCylinder: ParametricSurface = {
  name: 'spiral-cylinder',
  description: 'An open tube around the z axis whose radius waves and whose points are twisted along z.',
  parameters: columnParameters,
  closedU: true,
  closedV: false,
  domain: (parameters) => ({ uMin: 0, uMax: 2 * Math.PI, vMin: 0, vMax: parameters[1] }),
  position(u, v, parameters, out, offset = 0) {
    const angle = u + parameters[2] * Math.sin(parameters[3] * v);
    const r = parameters[0] + parameters[4] * Math.cos(parameters[5] * v);
    out[offset] = r * Math.cos(angle);
    out[offset + 1] = r * Math.sin(angle);
    out[offset + 2] = v;
  },
  normal(u, v, parameters, out, offset = 0) {
    // A surface of revolution: the profile's normal (1, −dr/dv), turned to the point's angle.
    const angle = u + parameters[2] * Math.sin(parameters[3] * v);
    const slope = -parameters[4] * parameters[5] * Math.sin(parameters[5] * v);
    // Beyond the axis (a negative radius, outside the parameters' ranges) outward is the other way.
    const r = parameters[0] + parameters[4] * Math.cos(parameters[5] * v);
    const length = Math.hypot(1, slope) * (r < 0 ? -1 : 1);
    out[offset] = Math.cos(angle) / length;
    out[offset + 1] = Math.sin(angle) / length;
    out[offset + 2] = -slope / length;
  },
  grid(us, vs, parameters, positions, normals) {
    columnGrid(us, vs, parameters, { lobes: 1, depth: 0 }, positions, normals);
  },
  bounds(parameters) {
    const r = columnRadius(parameters);
    return {
      min: [-r, -r, Math.min(0, parameters[1])],
      max: [r, r, Math.max(0, parameters[1])],
      kind: 'exact',
    };
  },
};
