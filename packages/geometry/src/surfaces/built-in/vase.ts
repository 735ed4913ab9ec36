import { type CubicBezier, cubicBezier, cubicBezierRange, cubicBezierSlope } from '../cubic-bezier.js';
import type { ParametricSurface } from '../parametric-surface.js';
import { surfaceParameter } from '../surface-parameter.js';

/**
 * A vase: a surface of revolution about z whose profile is a cubic Bézier curve of four radii.
 *
 *     r(t)  = (1−t)³·foot + 3(1−t)²t·belly + 3(1−t)t²·neck + t³·lip,   t = v / height
 *     point = (r · cos(u), r · sin(u), v)
 *
 * Open at both ends. Nothing of it is hidden by the symmetry: every parameter shows in the outline.
 */
export const vase: ParametricSurface = {
  name: 'vase',
  description: 'An open vase: a surface of revolution whose profile is a cubic Bézier curve.',
  parameters: [
    surfaceParameter('height', 1, 3, 'units', 'height', 'Extent along z, from 0 up.'),
    surfaceParameter('foot', 0.3, 0.9, 'units', 'foot', 'Radius at the bottom.'),
    surfaceParameter('belly', 0.6, 2, 'units', 'belly', 'Pulls the lower half out; not reached itself.'),
    surfaceParameter('neck', 0.1, 0.8, 'units', 'neck', 'Pulls the upper half in; not reached itself.'),
    surfaceParameter('lip', 0.3, 1, 'units', 'lip', 'Radius at the top.'),
  ],
  closedU: true,
  closedV: false,
  domain: (parameters) => ({ uMin: 0, uMax: 2 * Math.PI, vMin: 0, vMax: parameters[0] }),
  position(u, v, parameters, out, offset = 0) {
    const r = cubicBezier(radii(parameters), v / parameters[0]);
    out[offset] = r * Math.cos(u);
    out[offset + 1] = r * Math.sin(u);
    out[offset + 2] = v;
  },
  normal(u, v, parameters, out, offset = 0) {
    const curve = radii(parameters);
    const slope = cubicBezierSlope(curve, v / parameters[0]) / parameters[0];
    // Beyond the axis (a negative radius, outside the parameters' ranges) outward is the other way.
    const length = Math.hypot(1, slope) * (cubicBezier(curve, v / parameters[0]) < 0 ? -1 : 1);
    out[offset] = Math.cos(u) / length;
    out[offset + 1] = Math.sin(u) / length;
    out[offset + 2] = -slope / length;
  },
  bounds(parameters) {
    const r = Math.max(...cubicBezierRange(radii(parameters)).map(Math.abs));
    const height = parameters[0];
    return { min: [-r, -r, Math.min(0, height)], max: [r, r, Math.max(0, height)], kind: 'exact' };
  },
};

function radii(parameters: ArrayLike<number>): CubicBezier {
  return [parameters[1], parameters[2], parameters[3], parameters[4]];
}
