import type { ParametricSurface } from '../parametric-surface.js';
import { surfaceParameter } from '../surface-parameter.js';

/**
 * A superellipsoid: from a box with rounded edges (exponents near 0) over an ellipsoid (both 1) towards an octahedron (both 2).
 *
 *     (|x/size_x|^(2/around) + |y/size_y|^(2/around))^(around/upright) + |z/size_z|^(2/upright) = 1
 *
 * u is the angle about z and v the angle above the equator of the same surface with all sizes 1. (The usual formula with powers of
 * sines, Barr 1981, crowds its points at the edges; this one spreads them.) Closed, with a pole at either end.
 */
export const superellipsoid: ParametricSurface = {
  name: 'superellipsoid',
  description: 'A closed body between box, ellipsoid and octahedron.',
  parameters: [
    surfaceParameter('size_x', 0.5, 1.5, 'units', 'half width', 'From the centre to the surface along x.'),
    surfaceParameter('size_y', 0.5, 1.5, 'units', 'half depth', 'From the centre to the surface along y.'),
    surfaceParameter('size_z', 0.5, 1.5, 'units', 'half height', 'From the centre to the surface along z.'),
    surfaceParameter(
      'upright',
      0.3,
      1.6,
      '',
      'exponent upright',
      'Shape seen from the side: 0 square, 1 round, 2 a rhombus.',
    ),
    surfaceParameter(
      'around',
      0.3,
      1.6,
      '',
      'exponent around',
      'Shape seen from above: 0 square, 1 round, 2 a rhombus.',
    ),
  ],
  closedU: true,
  closedV: false,
  poleVMin: true,
  poleVMax: true,
  domain: () => ({ uMin: 0, uMax: 2 * Math.PI, vMin: -Math.PI / 2, vMax: Math.PI / 2 }),
  position(u, v, parameters, out, offset = 0) {
    const [cosV, sinV] = [cosine(v), Math.sin(v)];
    const upright = reach(cosV, sinV, parameters[3]);
    const [cosU, sinU] = [cosine(u), sine(u)];
    const across = upright * cosV * reach(cosU, sinU, parameters[4]);
    out[offset] = parameters[0] * across * cosU;
    out[offset + 1] = parameters[1] * across * sinU;
    out[offset + 2] = parameters[2] * upright * sinV;
  },
  normal(u, v, parameters, out, offset = 0) {
    // The gradient of the implicit equation, each factor to its power by itself: no power of a vanishing sum is left.
    const [cosV, sinV] = [cosine(v), Math.sin(v)];
    const upright = reach(cosV, sinV, parameters[3]);
    const [cosU, sinU] = [cosine(u), sine(u)];
    const around = reach(cosU, sinU, parameters[4]);
    const across = signedPower(upright * cosV, 2 / parameters[3] - 1);
    const x = (across * signedPower(around * cosU, 2 / parameters[4] - 1)) / parameters[0];
    const y = (across * signedPower(around * sinU, 2 / parameters[4] - 1)) / parameters[1];
    const z = signedPower(upright * sinV, 2 / parameters[3] - 1) / parameters[2];
    const length = Math.hypot(x, y, z);
    out[offset] = x / length;
    out[offset + 1] = y / length;
    out[offset + 2] = z / length;
  },
  bounds({ 0: x, 1: y, 2: z }) {
    return { min: [-x, -y, -z], max: [x, y, z], kind: 'exact' };
  },
};

/** Distance of |x|^(2/e) + |y|^(2/e) = 1 from the origin in a direction. */
function reach(cos: number, sin: number, exponent: number): number {
  return (Math.abs(cos) ** (2 / exponent) + Math.abs(sin) ** (2 / exponent)) ** (-exponent / 2);
}

/** The cosine, 0 where only rounding keeps it from that: small exponents would make much of it. */
function cosine(angle: number): number {
  const value = Math.cos(angle);
  return Math.abs(value) < 1e-15 ? 0 : value;
}

function sine(angle: number): number {
  const value = Math.sin(angle);
  return Math.abs(value) < 1e-15 ? 0 : value;
}

function signedPower(value: number, exponent: number): number {
  return Math.sign(value) * Math.abs(value) ** exponent;
}
