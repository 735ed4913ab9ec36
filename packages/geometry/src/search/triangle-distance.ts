/** A triangle whose angle has a sine of less than this's root is a needle. */
const needle = 1e-6;

/**
 * Squared distance from a point to a triangle.
 *
 * @param corners nine numbers from `offset` on
 * @param weights receives the barycentric coordinates of the nearest point
 */
export function squaredTriangleDistance(
  corners: Float32Array,
  offset: number,
  x: number,
  y: number,
  z: number,
  weights?: { weightB: number; weightC: number },
): number {
  const ax = corners[offset];
  const ay = corners[offset + 1];
  const az = corners[offset + 2];
  const bx = corners[offset + 3] - ax;
  const by = corners[offset + 4] - ay;
  const bz = corners[offset + 5] - az;
  const cx = corners[offset + 6] - ax;
  const cy = corners[offset + 7] - ay;
  const cz = corners[offset + 8] - az;
  const px = x - ax;
  const py = y - ay;
  const pz = z - az;
  const bb = bx * bx + by * by + bz * bz;
  const bc = bx * cx + by * cy + bz * cz;
  const cc = cx * cx + cy * cy + cz * cz;
  const pb = px * bx + py * by + pz * bz;
  const pc = px * cx + py * cy + pz * cz;
  let s = 0;
  let t = 0;
  // Twice the areas that p's projection spans with the edges; all positive: it lies inside.
  const overB = pb * cc - pc * bc;
  const overC = pc * bb - pb * bc;
  const area = bb * cc - bc * bc;
  if (area < needle * bb * cc) return needleDistance(corners, offset, x, y, z, weights);
  if (overB > 0 && overC > 0 && overB + overC < area) {
    s = overB / area;
    t = overC / area;
  } else if (pb <= 0 && pc <= 0) {
    // Corner a.
  } else if (pb >= bb && pc - bc <= pb - bb) {
    s = 1;
  } else if (pc >= cc && pb - bc <= pc - cc) {
    t = 1;
  } else if (overC <= 0 && pb > 0 && pb < bb) {
    s = pb / bb;
  } else if (overB <= 0 && pc > 0 && pc < cc) {
    t = pc / cc;
  } else {
    // The edge from b to c; 0 / 0 for a triangle that is a point ends at b.
    const along = pc - bc - (pb - bb);
    const edge = bb - 2 * bc + cc;
    t = along <= 0 || edge <= 0 ? 0 : along >= edge ? 1 : along / edge;
    s = 1 - t;
  }
  const dx = px - s * bx - t * cx;
  const dy = py - s * by - t * cy;
  const dz = pz - s * bz - t * cz;
  if (weights) {
    weights.weightB = s;
    weights.weightC = t;
  }
  return dx * dx + dy * dy + dz * dz;
}

/** The same for a triangle so thin that products of its sides' squares would lose the digits that matter. */
function needleDistance(
  corners: Float32Array,
  offset: number,
  x: number,
  y: number,
  z: number,
  weights?: { weightB: number; weightC: number },
): number {
  let best = Infinity;
  const normal = cross(vector(0, 3), vector(0, 6));
  const squared = dot(normal, normal);
  let inside = squared > 0;
  for (let corner = 0; corner < 3; corner++) {
    const next = (corner + 1) % 3;
    const along = vector(3 * corner, 3 * next);
    const to = fromCorner(3 * corner);
    const length = dot(along, along);
    const t = length > 0 ? Math.min(1, Math.max(0, dot(to, along) / length)) : 0;
    const rest = [to[0] - t * along[0], to[1] - t * along[1], to[2] - t * along[2]];
    const distance = dot(rest, rest);
    inside &&= dot(cross(normal, along), to) > 0;
    if (distance >= best) continue;
    best = distance;
    if (!weights) continue;
    weights.weightB = corner === 0 ? t : corner === 1 ? 1 - t : 0;
    weights.weightC = corner === 0 ? 0 : corner === 1 ? t : 1 - t;
  }
  // Over the face it is so near an edge that only the distance, not the place, needs the plane.
  const above = dot(normal, fromCorner(0)) ** 2 / squared;
  return inside && above < best ? above : best;

  function vector(from: number, to: number): number[] {
    return [0, 1, 2].map((axis) => corners[offset + to + axis] - corners[offset + from + axis]);
  }
  function fromCorner(from: number): number[] {
    return [x - corners[offset + from], y - corners[offset + from + 1], z - corners[offset + from + 2]];
  }
}

function cross(p: readonly number[], q: readonly number[]): number[] {
  return [p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]];
}

function dot(p: readonly number[], q: readonly number[]): number {
  return p[0] * q[0] + p[1] * q[1] + p[2] * q[2];
}
