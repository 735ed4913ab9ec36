import { describe, expect, it } from 'vitest';
import { corner } from '../../test/brute-force-distances.js';
import { sphere, square } from '../../test/simple-meshes.js';
import type { Mesh } from '../mesh/mesh.js';
import { spiralCylinder } from '../surfaces/built-in/spiral-cylinder.js';
import { tessellate } from '../surfaces/tessellate.js';
import { surfaceDistances } from './surface-distances.js';
import { surfaceHausdorff } from './surface-hausdorff.js';

describe('surfaceHausdorff', () => {
  /** The greatest distance over points all over the triangles of a. */
  const sampled = (a: Mesh, b: Mesh, steps: number) => {
    const points: number[] = [];
    for (let k = 0; k < a.indices.length; k += 3) {
      const [p, q, r] = [corner(a, k), corner(a, k + 1), corner(a, k + 2)];
      for (let i = 0; i <= steps; i++) {
        for (let j = 0; i + j <= steps; j++) {
          for (let axis = 0; axis < 3; axis++) {
            points.push(p[axis] + (i / steps) * (q[axis] - p[axis]) + (j / steps) * (r[axis] - p[axis]));
          }
        }
      }
    }
    return surfaceDistances(Float32Array.from(points), b).reduce((x, y) => Math.max(x, y));
  };

  it('shifted planes and concentric spheres', () => {
    const planes = surfaceHausdorff(square(7), square(5, 0.25));
    expect(planes.distance).toBeCloseTo(0.25, 12);
    expect(planes.error).toBeLessThan(1e-4 * 1.5);
    const spheres = surfaceHausdorff(sphere(1), sphere(1.5));
    // The facets lie inside the spheres: by at most R (1 − cos(π/48)) here.
    expect(Math.abs(spheres.distance - 0.5)).toBeLessThan(1.5 * (1 - Math.cos(Math.PI / 48)) * 2);
    expect(spheres.error).toBeLessThan(1e-4 * 3 * Math.sqrt(3) + 1e-9);
  });

  it('finds the worst point where it is no vertex', () => {
    // A ridge over the middle of one large triangle pair: its ends are at the square's sides, the square's corners at the ridge's feet.
    const valley: Mesh = {
      positions: Float32Array.of(0, 0, 0, 0.5, 0, 0.4, 1, 0, 0, 0, 1, 0, 0.5, 1, 0.4, 1, 1, 0),
      indices: Uint32Array.of(0, 1, 4, 0, 4, 3, 1, 2, 5, 1, 5, 4),
    };
    const flat = square(1);
    const found = surfaceHausdorff(flat, valley, { tolerance: 1e-6 });
    // From the square's middle line straight to either slope: half · sin of the slope.
    expect(found.aToB).toBeCloseTo(0.5 * (0.4 / Math.hypot(0.5, 0.4)), 5);
    expect(Math.max(...surfaceDistances(flat, valley))).toBeLessThan(1e-6);
    expect(found.bToA).toBeCloseTo(0.4, 6);
    expect(found.error).toBeLessThanOrEqual(1e-6);
  });

  it('bounds what dense samples find', () => {
    const a = tessellate(spiralCylinder, [1, 2, 1.5, 4, 0.3, 3], { uSteps: 9, vSteps: 7 });
    const b = tessellate(spiralCylinder, [1.1, 2.2, 1, 2, 0.1, 2], { uSteps: 8, vSteps: 9 });
    const { distance, error, aToB, bToA } = surfaceHausdorff(a, b, { tolerance: 1e-3 });
    for (const [found, from, to] of [
      [aToB, a, b],
      [bToA, b, a],
    ] as const) {
      const dense = sampled(from, to, 60);
      expect(dense).toBeLessThanOrEqual(found + 1e-3 + 1e-6);
      expect(found).toBeLessThanOrEqual(dense + 0.03);
    }
    expect(distance).toBe(Math.max(aToB, bToA));
    expect(error).toBeLessThanOrEqual(1e-3);
    const finer = surfaceHausdorff(a, b, { tolerance: 1e-5 });
    expect(finer.distance).toBeGreaterThanOrEqual(distance - 1e-12);
    expect(finer.distance).toBeLessThanOrEqual(distance + error + 1e-12);
    expect(surfaceHausdorff(a, a).distance).toBeLessThan(1e-12);
    expect(() => surfaceHausdorff(a, b, { tolerance: 0 })).toThrow('surfaceHausdorff: tolerance is wrong');
  });
});
