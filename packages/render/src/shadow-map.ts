import { sunDirection } from './lighting.js';
import { rasterize, visibilityBuffer } from './rasterize.js';
import type { Scratch } from './scratch.js';

/**
 * Heights of a mesh as the sun sees it. The sun's slant is taken out by shearing: a point (x, y, z) is looked up at
 * (x − z·sx, y − z·sy), so heights stay heights.
 */
export interface ShadowMap {
  size: number;
  /** Highest z − lowest + 1 at each texel's centre, 0 where nothing is; size · size, row-major by y. */
  height: Float32Array;
  /** Texel = (x − z·shearX − originX) · scale. */
  originX: number;
  originY: number;
  scale: number;
  /** What to add to z to get a height. */
  lift: number;
}

/** World x and y per unit of height on the way to the sun. */
export const shearX = sunDirection[0] / sunDirection[2];
export const shearY = sunDirection[1] / sunDirection[2];

/** Texels around the object, so that lookups need no bounds check near its rim. */
const margin = 2;

/** Renders a mesh's shadow map of `size` × `size` texels. */
export function shadowMap(
  positions: ArrayLike<number>,
  indices: Uint32Array,
  size: number,
  scratch: Scratch,
): ShadowMap {
  const count = Math.floor(positions.length / 3);
  const vertices = scratch.float64('sunVertices', 3 * count);
  let minX = Number.POSITIVE_INFINITY;
  let minY = minX;
  let minZ = minX;
  let maxX = Number.NEGATIVE_INFINITY;
  let maxY = maxX;
  for (let k = 0; k < count; k++) {
    const z = positions[3 * k + 2];
    const x = positions[3 * k] - z * shearX;
    const y = positions[3 * k + 1] - z * shearY;
    vertices[3 * k] = x;
    vertices[3 * k + 1] = y;
    minX = Math.min(minX, x);
    maxX = Math.max(maxX, x);
    minY = Math.min(minY, y);
    maxY = Math.max(maxY, y);
    minZ = Math.min(minZ, z);
  }
  const extent = Math.max(maxX - minX, maxY - minY) || 1;
  const scale = (size - 2 * margin) / extent;
  const originX = minX - margin / scale;
  const originY = minY - margin / scale;
  const lift = 1 - minZ;
  for (let k = 0; k < count; k++) {
    vertices[3 * k] = (vertices[3 * k] - originX) * scale;
    vertices[3 * k + 1] = (vertices[3 * k + 1] - originY) * scale;
    vertices[3 * k + 2] = positions[3 * k + 2] + lift;
  }
  const buffer = visibilityBuffer('sun', size, size, scratch);
  rasterize(buffer, vertices, 3, indices, indices.length);
  return { size, height: buffer.near, originX, originY, scale, lift };
}

/**
 * How much of the sun a point sees, 0 to 1: four texels compared, blended by distance. Each texel is compared with the height
 * that the point's own tangent plane has there, so a slope does not shadow itself.
 *
 * @param nx normal on the side that faces the sun; nz, too
 */
export function sunVisibility(
  map: ShadowMap,
  x: number,
  y: number,
  z: number,
  nx: number,
  ny: number,
  nz: number,
): number {
  const { size, height, scale } = map;
  const u = (x - z * shearX - map.originX) * scale - 0.5;
  const v = (y - z * shearY - map.originY) * scale - 0.5;
  const column = Math.floor(u);
  const row = Math.floor(v);
  if (!(column >= 0 && row >= 0 && column + 1 < size && row + 1 < size)) return 1;
  const fu = u - column;
  const fv = v - row;
  // Height of the tangent plane per texel, in sheared coordinates; steep walls are cut off, they get little light anyway.
  const slope = 1 / (Math.max(nx * shearX + ny * shearY + nz, 0.05) * scale);
  const du = -nx * slope;
  const dv = -ny * slope;
  // Slack for the surface's curvature within a texel or two.
  const own = z + map.lift + 0.7 / scale + 0.25 * (Math.abs(du) + Math.abs(dv));
  const k = row * size + column;
  const h00 = height[k] <= own - du * fu - dv * fv ? 1 : 0;
  const h10 = height[k + 1] <= own + du * (1 - fu) - dv * fv ? 1 : 0;
  const h01 = height[k + size] <= own - du * fu + dv * (1 - fv) ? 1 : 0;
  const h11 = height[k + size + 1] <= own + du * (1 - fu) + dv * (1 - fv) ? 1 : 0;
  return (h00 * (1 - fu) + h10 * fu) * (1 - fv) + (h01 * (1 - fu) + h11 * fu) * fv;
}
