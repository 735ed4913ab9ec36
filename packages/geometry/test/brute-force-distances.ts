import { expect } from 'vitest';
import { surfaceDistances } from '../src/distances/surface-distances.js';
import type { Mesh } from '../src/mesh/mesh.js';

/** x, y, z. */
export type Point = readonly [number, number, number];
const sub = (p: Point, q: Point): Point => [p[0] - q[0], p[1] - q[1], p[2] - q[2]];
const dot = (p: Point, q: Point) => p[0] * q[0] + p[1] * q[1] + p[2] * q[2];
const cross = (p: Point, q: Point): Point => [
  p[1] * q[2] - p[2] * q[1],
  p[2] * q[0] - p[0] * q[2],
  p[0] * q[1] - p[1] * q[0],
];

function segmentDistance(p: Point, a: Point, b: Point): number {
  const along = sub(b, a);
  const length = dot(along, along);
  const t = length > 0 ? Math.min(1, Math.max(0, dot(sub(p, a), along) / length)) : 0;
  return Math.hypot(...sub(p, [a[0] + t * along[0], a[1] + t * along[1], a[2] + t * along[2]]));
}

/** Another way than the library's: the least of three segments, and the plane where the foot lies on the inner side of every edge. */
function triangleDistance(p: Point, a: Point, b: Point, c: Point): number {
  const normal = cross(sub(b, a), sub(c, a));
  const size = Math.hypot(...normal);
  const sides = [
    [a, b],
    [b, c],
    [c, a],
  ] as const;
  const edges = Math.min(...sides.map(([from, to]) => segmentDistance(p, from, to)));
  if (size === 0) return edges;
  const inside = sides.every(([from, to]) => dot(cross(normal, sub(to, from)), sub(p, from)) >= 0);
  return inside ? Math.abs(dot(normal, sub(p, a))) / size : edges;
}

/** The k-th corner of the mesh's triangles, three a triangle. */
export const corner = ({ positions, indices }: Mesh, k: number): Point => {
  const at = 3 * indices[k];
  return [positions[at], positions[at + 1], positions[at + 2]];
};

/** For each point the distance to the nearest of all triangles. */
export function bruteForce(points: Float32Array, mesh: Mesh): number[] {
  return Array.from({ length: points.length / 3 }, (_, i) => {
    const p: Point = [points[3 * i], points[3 * i + 1], points[3 * i + 2]];
    let least = Infinity;
    for (let k = 0; k < mesh.indices.length; k += 3) {
      least = Math.min(least, triangleDistance(p, corner(mesh, k), corner(mesh, k + 1), corner(mesh, k + 2)));
    }
    return least;
  });
}

/** Expects surfaceDistances of two meshes to be what every triangle, looked at by another formula, says. */
export function expectBruteForce(a: Mesh, b: Mesh, digits = 12): void {
  const expected = bruteForce(a.positions, b);
  surfaceDistances(a, b).forEach((distance, i) => {
    expect(Math.abs(distance - expected[i])).toBeLessThan(10 ** -digits * (1 + expected[i]));
  });
}
