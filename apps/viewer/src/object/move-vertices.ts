import { type ParametricSurface, parameterVector, surfaceNormal } from '@kanrecon/geometry';

/** A grid whose vertices follow parameters: the arrays that three.js draws from, written in place. */
export interface VertexGrid {
  readonly uSteps: number;
  readonly vSteps: number;
  /** [parts · (uSteps + 1) · (vSteps + 1), 3], in the order of `tessellate`'s mesh. */
  readonly positions: Float32Array;
  readonly normals: Float32Array;
}

/**
 * Writes the points and unit normals of a surface's grid: what `tessellate` and `surfaceNormals` give, into memory that is there already.
 * 40,401 vertices of a column take about two milliseconds.
 *
 * @returns whether all points are finite
 */
export function moveVertices(
  surface: ParametricSurface,
  parameters: Readonly<Record<string, number>>,
  { uSteps, vSteps, positions, normals }: VertexGrid,
): boolean {
  const vector = parameterVector(surface, parameters);
  const { parts = 1, closedU, closedV } = surface;
  const { uMin, uMax, vMin, vMax } = surface.domain(vector);
  const width = (uMax - uMin) / parts;
  const us = Float64Array.from({ length: parts * (uSteps + 1) }, (_, k) => {
    const i = k % (uSteps + 1);
    return uMin + Math.floor(k / (uSteps + 1)) * width + ((closedU ? i % uSteps : i) * width) / uSteps;
  });
  const vs = Float64Array.from(
    { length: vSteps + 1 },
    (_, j) => vMin + ((closedV ? j % vSteps : j) * (vMax - vMin)) / vSteps,
  );
  if (surface.grid) {
    surface.grid(us, vs, vector, positions, normals);
    return allFinite(positions);
  }
  let at = 0;
  for (const u of us) {
    for (const v of vs) {
      surface.position(u, v, vector, positions, at);
      surfaceNormal(surface, u, v, vector, normals, at);
      at += 3;
    }
  }
  return allFinite(positions);
}

function allFinite(values: Float32Array): boolean {
  let sum = 0;
  // Infinity − Infinity and NaN − NaN are NaN, and stay it.
  for (let i = 0; i < values.length; i++) sum += values[i]! - values[i]!;
  return sum === 0;
}
