import type { Camera } from '../camera/camera.js';
import { cameraFromExtents } from '../camera/camera-from-extents.js';
import { type ProjectedMesh, vertexStride } from '../raster/projected-mesh.js';
import type { Scratch } from '../scratch.js';
import type { LitProfile } from './profile-light.js';
import type { Profile } from './surface-profile.js';

/** The study's camera fit for a surface of revolution, exact in the round: each circle's reach has a closed form. */
export function fitProfile(profile: Profile, rotation: Float64Array, t: number): Camera {
  const r = rotation;
  const extents = [1, -1, 1, -1].map((sign, k) => {
    const axis = k < 2 ? 0 : 1;
    const ex = sign * r[axis] + t * r[2];
    const ey = sign * r[3 + axis] + t * r[5];
    const ez = sign * r[6 + axis] + t * r[8];
    const across = Math.hypot(ex, ey);
    let most = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < profile.count; j++) {
      most = Math.max(most, profile.radius[j] * across + profile.z[j] * ez);
    }
    return most;
  });
  return cameraFromExtents(extents, rotation, t);
}

/** How finely a profile is turned into triangles. */
export interface RevolveSteps {
  /** Quads around. */
  around: number;
  /** Points of the profile to use, ascending. */
  rows: Uint32Array;
  rowCount: number;
  /** Whether vertices carry coordinates to look up a paint at: angle about the axis, and v. The seam is then there twice. */
  coordinates?: boolean;
}

/** How far v may be off along the profile, in tolerances. */
const sameSpeed = 3;

/** Greatest turn of the normal between two rows, as a cosine: smooth shading interpolates it. */
const cosineBetweenRows = Math.cos((9 * Math.PI) / 180);

/**
 * Chooses the fewest rows that stay within `tolerance` (the object's units) of the profile and keep every border of light.
 *
 * @param normals per profile point: radial and z component of the unit normal
 * @param alongV whether v must be right as well, for a paint: it is interpolated between rows
 */
export function chooseRows(
  profile: LitProfile,
  normals: Float64Array,
  tolerance: number,
  alongV: boolean,
  scratch: Scratch,
): { rows: Uint32Array; rowCount: number } {
  const { count, radius, z, v, lit } = profile;
  const rows = scratch.uint32('rows', count);
  let rowCount = 0;
  rows[rowCount++] = 0;
  for (let start = 0; start + 1 < count; ) {
    let end = start + 1;
    while (end + 1 < count && lit[end] === lit[start] && fits(start, end + 1)) end++;
    rows[rowCount++] = end;
    start = end;
  }
  return { rows, rowCount };

  function fits(a: number, b: number): boolean {
    if (normals[2 * a] * normals[2 * b] + normals[2 * a + 1] * normals[2 * b + 1] < cosineBetweenRows) return false;
    const dr = radius[b] - radius[a];
    const dz = z[b] - z[a];
    const most = tolerance * Math.hypot(dr, dz);
    for (let k = a + 1; k < b; k++) {
      if (Math.abs((radius[k] - radius[a]) * dz - (z[k] - z[a]) * dr) > most) return false;
      if (!alongV) continue;
      const share = (v[k] - v[a]) / (v[b] - v[a]);
      const offRadius = radius[k] - radius[a] - share * dr;
      const offZ = z[k] - z[a] - share * dz;
      if (offRadius * offRadius + offZ * offZ > (sameSpeed * tolerance) ** 2) return false;
    }
    return true;
  }
}

/** Unit normals (radial, z) along a profile, on the side from which angle → v turns anticlockwise. Second order everywhere. */
export function profileNormals(profile: Profile, scratch: Scratch): Float64Array {
  const { count, radius, z, v } = profile;
  const normals = scratch.float64('profileNormals', 2 * count);
  for (let k = 0; k < count; k++) {
    // Three neighbouring points, at the ends the outermost three; the parabola through them, differentiated at k.
    const b = Math.min(Math.max(k, 1), count - 2);
    const [a, c] = [b - 1, b + 1];
    const wa = (2 * v[k] - v[b] - v[c]) / ((v[a] - v[b]) * (v[a] - v[c]));
    const wb = (2 * v[k] - v[a] - v[c]) / ((v[b] - v[a]) * (v[b] - v[c]));
    const wc = (2 * v[k] - v[a] - v[b]) / ((v[c] - v[a]) * (v[c] - v[b]));
    const dr = wa * radius[a] + wb * radius[b] + wc * radius[c];
    const dz = wa * z[a] + wb * z[b] + wc * z[c];
    const length = Math.hypot(dr, dz) || 1;
    normals[2 * k] = dz / length;
    normals[2 * k + 1] = -dr / length;
  }
  return normals;
}

/**
 * Turns rows of a profile about the z axis and projects them. The points are computed from two directions and an axis in
 * camera coordinates, without one sine per vertex; the seam's vertices are shared unless they carry coordinates.
 *
 * @param samples samples across the image
 */
export function revolve(
  profile: LitProfile,
  normals: Float64Array,
  steps: RevolveSteps,
  camera: Camera,
  samples: number,
  scratch: Scratch,
): ProjectedMesh {
  const { around, rows, rowCount, coordinates = false } = steps;
  const columns = coordinates ? around + 1 : around;
  const vertexCount = columns * rowCount;
  const paintedAt = coordinates ? scratch.float64('coordinates', 2 * vertexCount) : undefined;
  const vertices = scratch.float64('vertices', vertexStride * vertexCount);
  const { rotation: r, location, tanHalfFov } = camera;
  const lx = r[0] * location[0] + r[3] * location[1] + r[6] * location[2];
  const ly = r[1] * location[0] + r[4] * location[1] + r[7] * location[2];
  const lz = r[2] * location[0] + r[5] * location[1] + r[8] * location[2];
  // A polygon inside a circle is smaller than it; this radius makes their areas equal.
  const step = (2 * Math.PI) / around;
  const swell = around > 2 ? Math.sqrt(step / Math.sin(step)) : 1;
  const half = samples / 2;
  const focal = half / tanHalfFov;
  for (let i = 0, at = 0; i < columns; i++) {
    const c = Math.cos((i % around) * step);
    const s = Math.sin((i % around) * step);
    const ax = swell * (r[0] * c + r[3] * s);
    const ay = swell * (r[1] * c + r[4] * s);
    const az = swell * (r[2] * c + r[5] * s);
    for (let j = 0; j < rowCount; j++, at += vertexStride) {
      const row = rows[j];
      const radius = profile.radius[row];
      const height = profile.z[row];
      const inverse = 1 / (lz - radius * az - height * r[8]);
      vertices[at] = half + focal * (radius * ax + height * r[6] - lx) * inverse;
      vertices[at + 1] = half - focal * (radius * ay + height * r[7] - ly) * inverse;
      const radial = normals[2 * row];
      vertices[at + 2] = inverse;
      vertices[at + 3] = radial * c;
      vertices[at + 4] = radial * s;
      vertices[at + 5] = normals[2 * row + 1];
    }
  }
  if (paintedAt !== undefined) {
    for (let i = 0, at = 0; i < columns; i++) {
      for (let j = 0; j < rowCount; j++, at += 2) {
        paintedAt[at] = i * step;
        paintedAt[at + 1] = profile.v[rows[j]];
      }
    }
  }
  const indexCount = 6 * around * (rowCount - 1);
  const indices = scratch.uint32('indices', indexCount);
  const lit = scratch.uint8('lit', indexCount / 3);
  for (let i = 0, k = 0, t = 0; i < around; i++) {
    const first = i * rowCount;
    const next = (i + 1 === columns ? 0 : i + 1) * rowCount;
    for (let j = 0; j + 1 < rowCount; j++, k += 6, t += 2) {
      indices[k] = first + j;
      indices[k + 1] = next + j;
      indices[k + 2] = next + j + 1;
      indices[k + 3] = first + j;
      indices[k + 4] = next + j + 1;
      indices[k + 5] = first + j + 1;
      lit[t] = profile.lit[rows[j]];
      lit[t + 1] = lit[t];
    }
  }
  return { vertices, vertexCount, indices, indexCount, lit, ...(paintedAt && { coordinates: paintedAt }) };
}
