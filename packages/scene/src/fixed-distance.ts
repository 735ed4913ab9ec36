import type { ParametricSurface } from '@kanrecon/geometry';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { objectMiddle, surfacePoints } from './object-middle.js';
import { randomStream } from './random-stream.js';

/** Extremes lie in the corners of the parameters' box for the built-in surfaces; for others also look inside. */
const insideDraws = 64;
const mostCornerParameters = 8;
/** Room for what lies between the points that are looked at. */
const margin = 1.02;
const fixedDistanceStream = 4;

/**
 * How far a surface's largest object reaches from its middle. A camera at a fixed distance above that stands outside of every object,
 * whatever its direction.
 */
export function largestReach(surface: ParametricSurface): number {
  let radius = 0;
  for (const vector of extremeParameters(surface)) {
    const points = surfacePoints(surface, vector);
    const [x, y, z] = objectMiddle(surface, vector, points);
    for (let i = 0; i < points.length; i += 3) {
      radius = Math.max(radius, Math.hypot(points[i] - x, points[i + 1] - y, points[i + 2] - z));
    }
  }
  return radius;
}

/**
 * The distance from which a camera sees every object of a surface whole, from any direction: that at which the ball around the
 * largest object touches the frame's edges, and 2 % more, rounded up to a tenth of a unit.
 *
 * @param tanHalfFov tangent of half the (smallest) field of view
 */
export function fixedDistance(surface: ParametricSurface, tanHalfFov: number): number {
  return Math.ceil((10 * margin * largestReach(surface)) / Math.sin(Math.atan(tanHalfFov))) / 10;
}

function extremeParameters({ parameters }: ParametricSurface): number[][] {
  const vectors: number[][] = [];
  const corners = parameters.length <= mostCornerParameters ? 2 ** parameters.length : 0;
  for (let corner = 0; corner < corners; corner++) {
    vectors.push(parameters.map(({ min, max }, i) => ((corner >> i) & 1 ? max : min)));
  }
  const random = randomStream(fixedDistanceStream);
  for (let draw = 0; draw < insideDraws; draw++) {
    vectors.push(parameters.map(({ min, max }) => min + (max - min) * uniformFloat64(random)));
  }
  return vectors;
}
