import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectBruteForce } from '../../test/brute-force-distances.js';
import { sphere, square } from '../../test/simple-meshes.js';
import type { Mesh } from '../mesh/mesh.js';
import { flutedColumn } from '../surfaces/built-in/fluted-column.js';
import { spiralCylinder } from '../surfaces/built-in/spiral-cylinder.js';
import { torusPair } from '../surfaces/built-in/torus-pair.js';
import { tessellate } from '../surfaces/tessellate.js';
import { nearestDistances } from './nearest-distances.js';
import { surfaceDistances } from './surface-distances.js';

describe('surfaceDistances, against every triangle by another formula', () => {
  const soup = (coordinate: fc.Arbitrary<number>) =>
    fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 3, maxLength: 90 }).map((points): Mesh => {
      const count = points.length - (points.length % 3);
      return {
        positions: Float32Array.from(points.slice(0, count).flat()),
        indices: Uint32Array.from({ length: count }, (_, i) => i),
      };
    });

  it('random triangles, needles among them', () => {
    const float = fc.float({ min: -10, max: 10, noNaN: true });
    fc.assert(
      fc.property(soup(float), soup(float), (a, b) => expectBruteForce(a, b, 9)),
      { numRuns: 80, seed: 1 },
    );
  });

  it('triangles without area, points, ties', () => {
    const small = fc.integer({ min: -2, max: 2 });
    fc.assert(
      fc.property(soup(small), soup(small), (a, b) => expectBruteForce(a, b)),
      { numRuns: 120, seed: 1 },
    );
  });

  it('meshes over grids, near, far, of other sizes, shuffled, and of several parts', () => {
    const a = tessellate(spiralCylinder, [1, 2, 1.5, 4, 0.3, 3], { uSteps: 31, vSteps: 22 });
    const b = tessellate(spiralCylinder, [1.1, 2.1, 0.6, 2, 0.2, 3], { uSteps: 24, vSteps: 27 });
    expectBruteForce(a, b);
    expectBruteForce(b, a);
    expectBruteForce({ ...a, positions: a.positions.map((value) => value + 30) }, b);
    const shuffled = b.indices.slice();
    for (let k = 3; k < shuffled.length; k += 3) {
      const other = 3 * ((k * 7919) % (k / 3));
      for (let i = 0; i < 3; i++) [shuffled[k + i], shuffled[other + i]] = [shuffled[other + i], shuffled[k + i]];
    }
    expectBruteForce(a, { ...b, indices: shuffled });
    const rings = tessellate(torusPair, [1, 0.2, 1, 0.1, 1, 1.5], { uSteps: 20, vSteps: 10 });
    expectBruteForce(rings, sphere(1, { uSteps: 14, vSteps: 8 }));
    expectBruteForce(sphere(1, { uSteps: 14, vSteps: 8 }), rings);
  });

  it('is never more than to the nearest vertex, 0 on the mesh itself, and takes points and an output', () => {
    const a = tessellate(flutedColumn, [1, 2, 1, 3, 0.2, 2], { uSteps: 50, vSteps: 40 });
    const b = tessellate(flutedColumn, [1.1, 2, 1, 2, 0.2, 2], { uSteps: 50, vSteps: 40 });
    const toVertices = nearestDistances(a, b);
    const out = new Float32Array(a.positions.length / 3);
    expect(surfaceDistances(a.positions, b, out)).toBe(out);
    surfaceDistances(a, b).forEach((distance, i) => {
      expect(distance).toBeLessThanOrEqual(toVertices[i] + 1e-12);
      expect(out[i]).toBe(Math.fround(distance));
    });
    expect(Math.max(...surfaceDistances(a, a))).toBeLessThan(1e-12);
  });

  it('refuses what is no mesh', () => {
    const a = square(1);
    expect(() => surfaceDistances(a, { ...a, indices: new Uint32Array(0) })).toThrow(
      'surfaceDistances: b must have at least one triangle; expected a positive multiple of 3 indices, got 0',
    );
    expect(() => surfaceDistances(a, { ...a, indices: Uint32Array.of(0, 1, 9) })).toThrow(
      'index 2 of b has no vertex; expected less than 4, got 9',
    );
    expect(() => surfaceDistances(a, a.positions as unknown as Mesh)).toThrow(
      'surfaceDistances: b is wrong; expected positions: Float32Array and indices: Uint32Array',
    );
    expect(() => surfaceDistances(a, a, new Float64Array(1))).toThrow('expected one number per vertex of a, 4, got 1');
  });
});
