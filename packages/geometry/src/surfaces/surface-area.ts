import { parameterVector } from './parameter-vector.js';
import type { ParameterRecord, ParametricSurface } from './parametric-surface.js';
import { partDomain, surfaceTangents } from './surface-tangents.js';

/** Gauss-Legendre with three points on [0, 1]: exact up to degree five. */
const nodes = [0.5 - Math.sqrt(15) / 10, 0.5, 0.5 + Math.sqrt(15) / 10];
const weights = [5 / 18, 8 / 18, 5 / 18];
/** Relative change between two refinements at which the integral is taken as it is. */
const tolerance = 1e-8;
const mostCells = 128;

const tangentU = new Float64Array(3);
const tangentV = new Float64Array(3);

/**
 * The area of a surface in square units: by its own formula where it has one, else ∬ |∂/∂u × ∂/∂v| by Gauss-Legendre quadrature over
 * 16 × 16 cells, halved until the result stays. The relative error is below 1e-6 for smooth surfaces (tests compare with known areas).
 * Overlapping parts count twice.
 *
 * @throws if a parameter is missing or not finite
 */
export function surfaceArea(surface: ParametricSurface, parameters: ParameterRecord | ArrayLike<number>): number {
  const vector = parameterVector(surface, parameters);
  if (surface.area) return surface.area(vector);
  let area = integrate(surface, vector, 16);
  for (let cells = 32; cells <= mostCells; cells *= 2) {
    const finer = integrate(surface, vector, cells);
    const change = Math.abs(finer - area);
    area = finer;
    if (change <= tolerance * finer) break;
  }
  return area;
}

function integrate(surface: ParametricSurface, vector: Float64Array, cells: number): number {
  const { parts = 1 } = surface;
  const { uMin, uMax, vMin, vMax } = surface.domain(vector);
  const width = (uMax - uMin) / parts;
  let sum = 0;
  for (let i = 0; i < 3 * cells * parts; i++) {
    const u = uMin + (width * (Math.floor(i / 3) + nodes[i % 3])) / cells;
    const domain = partDomain(surface, vector, u);
    for (let j = 0; j < 3 * cells; j++) {
      const v = vMin + ((vMax - vMin) * (Math.floor(j / 3) + nodes[j % 3])) / cells;
      surfaceTangents(surface, domain, u, v, vector, tangentU, tangentV);
      const x = tangentU[1] * tangentV[2] - tangentU[2] * tangentV[1];
      const y = tangentU[2] * tangentV[0] - tangentU[0] * tangentV[2];
      const z = tangentU[0] * tangentV[1] - tangentU[1] * tangentV[0];
      sum += weights[i % 3] * weights[j % 3] * Math.sqrt(x * x + y * y + z * z);
    }
  }
  return sum / (cells * cells);
}
