import type { ParametricSurface } from './parametric-surface.js';

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
  parameters: [
    { name: 'radius', min: 0.5, max: 1.5, unit: 'units', label: 'radius' },
    { name: 'height', min: 1, max: 3, unit: 'units', label: 'height' },
    { name: 'twist_amp', min: 0.5, max: 2, unit: 'rad', label: 'twist amplitude' },
    { name: 'twist_freq', min: 1, max: 5, unit: 'rad/unit', label: 'twist frequency' },
    { name: 'wave_amp', min: 0, max: 0.5, unit: 'units', label: 'wave amplitude' },
    { name: 'wave_freq', min: 1, max: 4, unit: 'rad/unit', label: 'wave frequency' },
  ],
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
};
