import type { SunFrame } from '../light/sun-frame.js';
import type { Scratch } from '../scratch.js';
import { rasterize, visibilityBuffer } from './rasterize.js';

/** Heights of a mesh as the sun sees it, in sun coordinates (see `sunFrame`). */
export interface ShadowMap {
  frame: SunFrame;
  size: number;
  /** Greatest height − least + 1 at each texel's centre, 0 where nothing is; size · size, row-major by the second axis. */
  height: Float32Array;
  /** Texel = (first or second sun coordinate − origin) · scale. */
  originX: number;
  originY: number;
  scale: number;
  /** What to add to the third sun coordinate to get a height. */
  lift: number;
}

/** Texels around the object, so that lookups need no bounds check near its rim. */
const margin = 2;

/** Width of the shadow map for an image of that size: about two texels a pixel. */
export function shadowMapSize(size: number): number {
  return Math.min(Math.max(2 * size, 128), 2048);
}

/**
 * Renders the shadow map of a mesh.
 *
 * @param texels width and height of the map, given the object's extent across the sun's rays
 */
export function shadowMap(
  mesh: { positions: ArrayLike<number>; vertexCount: number; indices: Uint32Array; indexCount: number },
  frame: SunFrame,
  texels: (extent: number) => number,
  scratch: Scratch,
): ShadowMap {
  const { positions, vertexCount, indices, indexCount } = mesh;
  const vertices = scratch.float64('sunVertices', 3 * vertexCount);
  const m = frame.toSun;
  let minX = Number.POSITIVE_INFINITY;
  let minY = minX;
  let minZ = minX;
  let maxX = Number.NEGATIVE_INFINITY;
  let maxY = maxX;
  for (let k = 0; k < 3 * vertexCount; k += 3) {
    const px = positions[k];
    const py = positions[k + 1];
    const pz = positions[k + 2];
    const x = m[0] * px + m[1] * py + m[2] * pz;
    const y = m[3] * px + m[4] * py + m[5] * pz;
    const z = m[6] * px + m[7] * py + m[8] * pz;
    vertices[k] = x;
    vertices[k + 1] = y;
    vertices[k + 2] = z;
    minX = Math.min(minX, x);
    maxX = Math.max(maxX, x);
    minY = Math.min(minY, y);
    maxY = Math.max(maxY, y);
    minZ = Math.min(minZ, z);
  }
  const extent = Math.max(maxX - minX, maxY - minY) || 1;
  const size = texels(extent);
  const scale = (size - 2 * margin) / extent;
  const originX = minX - margin / scale;
  const originY = minY - margin / scale;
  const lift = 1 - minZ;
  for (let k = 0; k < 3 * vertexCount; k += 3) {
    vertices[k] = (vertices[k] - originX) * scale;
    vertices[k + 1] = (vertices[k + 1] - originY) * scale;
    vertices[k + 2] += lift;
  }
  const buffer = visibilityBuffer('sun', size, size, scratch);
  rasterize(buffer, vertices, 3, indices, indexCount);
  return { frame, size, height: buffer.near, originX, originY, scale, lift };
}

/**
 * How much of the sun a point sees, 0 to 1: four texels compared, blended by distance. Each texel is compared with the height
 * that the point's own tangent plane has there, so a slope does not shadow itself.
 *
 * @param x world coordinates; y, z, too
 * @param nx normal on the side that faces the sun; ny, nz, too
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
  const { toSun: m, fromSun: w } = map.frame;
  const u = (m[0] * x + m[1] * y + m[2] * z - map.originX) * scale - 0.5;
  const v = (m[3] * x + m[4] * y + m[5] * z - map.originY) * scale - 0.5;
  const column = Math.floor(u);
  const row = Math.floor(v);
  if (!(column >= 0 && row >= 0 && column + 1 < size && row + 1 < size)) return 1;
  const fu = u - column;
  const fv = v - row;
  // Height of the tangent plane per texel, in sun coordinates; steep walls are cut off, they get little light anyway.
  const slope = 1 / (Math.max(nx * w[2] + ny * w[5] + nz * w[8], 0.05) * scale);
  const du = -(nx * w[0] + ny * w[3] + nz * w[6]) * slope;
  const dv = -(nx * w[1] + ny * w[4] + nz * w[7]) * slope;
  // Slack for the surface's curvature within a texel or two.
  const own = m[6] * x + m[7] * y + m[8] * z + map.lift + 0.7 / scale + 0.25 * (Math.abs(du) + Math.abs(dv));
  const k = row * size + column;
  const h00 = height[k] <= own - du * fu - dv * fv ? 1 : 0;
  const h10 = height[k + 1] <= own + du * (1 - fu) - dv * fv ? 1 : 0;
  const h01 = height[k + size] <= own - du * fu + dv * (1 - fv) ? 1 : 0;
  const h11 = height[k + size + 1] <= own + du * (1 - fu) + dv * (1 - fv) ? 1 : 0;
  return (h00 * (1 - fu) + h10 * fu) * (1 - fv) + (h01 * (1 - fu) + h11 * fu) * fv;
}
