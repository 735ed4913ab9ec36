// Squared distance from a point to a triangle: src/search/triangle-distance.ts says how.

/** A triangle whose angle has a sine of less than this's root is a needle. */
const NEEDLE: f64 = 1e-6;

/** @param at nine float32 */
export function squaredTriangleDistance(at: usize, x: f64, y: f64, z: f64): f64 {
  const ax = <f64>load<f32>(at);
  const ay = <f64>load<f32>(at, 4);
  const az = <f64>load<f32>(at, 8);
  const bx = <f64>load<f32>(at, 12) - ax;
  const by = <f64>load<f32>(at, 16) - ay;
  const bz = <f64>load<f32>(at, 20) - az;
  const cx = <f64>load<f32>(at, 24) - ax;
  const cy = <f64>load<f32>(at, 28) - ay;
  const cz = <f64>load<f32>(at, 32) - az;
  const px = x - ax;
  const py = y - ay;
  const pz = z - az;
  const bb = bx * bx + by * by + bz * bz;
  const bc = bx * cx + by * cy + bz * cz;
  const cc = cx * cx + cy * cy + cz * cz;
  const pb = px * bx + py * by + pz * bz;
  const pc = px * cx + py * cy + pz * cz;
  const overB = pb * cc - pc * bc;
  const overC = pc * bb - pb * bc;
  const area = bb * cc - bc * bc;
  if (area < NEEDLE * bb * cc) return needleDistance(ax, ay, az, bx, by, bz, cx, cy, cz, x, y, z);
  let s: f64 = 0;
  let t: f64 = 0;
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
    const along = pc - bc - (pb - bb);
    const edge = bb - 2 * bc + cc;
    t = along <= 0 || edge <= 0 ? 0 : along >= edge ? 1 : along / edge;
    s = 1 - t;
  }
  const dx = px - s * bx - t * cx;
  const dy = py - s * by - t * cy;
  const dz = pz - s * bz - t * cz;
  return dx * dx + dy * dy + dz * dz;
}

/** The same for a triangle so thin that products of its sides' squares would lose the digits that matter. b and c are taken from a. */
function needleDistance(
  ax: f64, ay: f64, az: f64,
  bx: f64, by: f64, bz: f64,
  cx: f64, cy: f64, cz: f64,
  x: f64, y: f64, z: f64,
): f64 {
  const nx = by * cz - bz * cy;
  const ny = bz * cx - bx * cz;
  const nz = bx * cy - by * cx;
  const squared = nx * nx + ny * ny + nz * nz;
  const px = x - ax;
  const py = y - ay;
  const pz = z - az;
  let best = edgeDistance(bx, by, bz, px, py, pz);
  best = min(best, edgeDistance(cx - bx, cy - by, cz - bz, x - (ax + bx), y - (ay + by), z - (az + bz)));
  best = min(best, edgeDistance(-cx, -cy, -cz, x - (ax + cx), y - (ay + cy), z - (az + cz)));
  const inside =
    squared > 0 &&
    turns(nx, ny, nz, bx, by, bz, px, py, pz) &&
    turns(nx, ny, nz, cx - bx, cy - by, cz - bz, x - (ax + bx), y - (ay + by), z - (az + bz)) &&
    turns(nx, ny, nz, -cx, -cy, -cz, x - (ax + cx), y - (ay + cy), z - (az + cz));
  if (!inside) return best;
  const above = nx * px + ny * py + nz * pz;
  return min(best, (above * above) / squared);
}

/** From a point, given from the edge's first end, to an edge. */
function edgeDistance(ex: f64, ey: f64, ez: f64, px: f64, py: f64, pz: f64): f64 {
  const length = ex * ex + ey * ey + ez * ez;
  const t = length > 0 ? min<f64>(1, max<f64>(0, (px * ex + py * ey + pz * ez) / length)) : 0;
  const dx = px - t * ex;
  const dy = py - t * ey;
  const dz = pz - t * ez;
  return dx * dx + dy * dy + dz * dz;
}

/** Whether (n × e) · p is positive. */
@inline
function turns(nx: f64, ny: f64, nz: f64, ex: f64, ey: f64, ez: f64, px: f64, py: f64, pz: f64): bool {
  return (ny * ez - nz * ey) * px + (nz * ex - nx * ez) * py + (nx * ey - ny * ex) * pz > 0;
}
