import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { bruteForce } from '../test/brute-force-distances.js';
import { square } from '../test/simple-meshes.js';
import { flutedColumn } from './fluted-column.js';
import { forEachNearest } from './for-each-nearest.js';
import type { Mesh } from './mesh.js';
import { spiralCylinder } from './spiral-cylinder.js';
import { tessellate } from './tessellate.js';
import { TriangleIndex } from './triangle-index.js';
import { triangleSearch } from './triangle-search.js';

/** Squared distances by WebAssembly and by JavaScript; the latter always from the first triangle. */
function bothWays(points: Float32Array, mesh: Mesh): { fast: number[]; plain: number[] } {
  const index = new TriangleIndex(mesh);
  const results = triangleSearch(index, points)!;
  results.kernel.nearestAlong(0, points.length / 3, 1, 0, 1);
  const fast = Array.from(results.squaredDistances);
  const plain = fast.map((_, i) => {
    const [x, y, z] = points.subarray(3 * i);
    // What the kernel found has the distance that it says.
    expect(index.squaredDistanceTo(results.places[i], x, y, z)).toBeCloseTo(fast[i], 12);
    index.nearest(x, y, z, 0);
    return index.squaredDistance;
  });
  return { fast, plain };
}

describe('the search in WebAssembly', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('finds what the search in JavaScript finds: grids near each other, turned inside out, far from the origin', () => {
    const a = tessellate(spiralCylinder, [1, 2, 1.8, 4.4, 0.3, 3], { uSteps: 90, vSteps: 70 });
    const b = tessellate(spiralCylinder, [1.01, 2.02, 1.7, 4.4, 0.3, 3.1], { uSteps: 83, vSteps: 91 });
    const c = tessellate(flutedColumn, [1.3, 2, 1, 2, 0.2, 2], { uSteps: 40, vSteps: 30 });
    // So far away that float32 rounds by a hundredth of an edge.
    const [farA, farB] = [a, b].map((mesh) => ({ ...mesh, positions: mesh.positions.map((value) => value + 3000) }));
    const reversed = { ...b, indices: b.indices.slice().reverse() };
    for (const [from, to] of [
      [a, b],
      [b, a],
      [a, c],
      [c, a],
      [a, a],
      [a, reversed],
      [farA, farB],
      [farB, farA],
    ]) {
      const { fast, plain } = bothWays(from.positions, to);
      // Two triangles with one edge may differ in the last digit.
      fast.forEach((squared, i) => {
        expect(Math.abs(squared - plain[i])).toBeLessThanOrEqual(1e-14 * plain[i]);
      });
    }
  });

  it('from one triangle to a few hundred, needles and points among them, points near and far', () => {
    const coordinate = fc.oneof(
      fc.float({ min: -10, max: 10, noNaN: true }),
      fc.integer({ min: -2, max: 2 }),
      fc.float({ min: -1000, max: 1000, noNaN: true }),
    );
    const points = (most: number) =>
      fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 3, maxLength: most });
    fc.assert(
      fc.property(points(60), points(900), (from, corners) => {
        const count = corners.length - (corners.length % 3);
        const mesh = {
          positions: Float32Array.from(corners.flat()),
          indices: Uint32Array.from({ length: count }, (_, i) => i),
        };
        const { fast, plain } = bothWays(Float32Array.from(from.flat()), mesh);
        fast.forEach((squared, i) => {
          expect(Math.abs(squared - plain[i])).toBeLessThanOrEqual(1e-12 * (1 + plain[i]));
        });
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  it('leaves coordinates that float32 has no squares for to JavaScript', () => {
    const mesh = tessellate(spiralCylinder, [1, 2, 1, 2, 0.3, 3], { uSteps: 12, vSteps: 9 });
    const points = mesh.positions.map((value, i) => 1.1 * value + 0.1 * (i % 3));
    const expected = bruteForce(points, mesh);
    for (const scale of [1e-25, 1e-13, 1e-6, 1, 1e6, 1e13, 1e25]) {
      const scaled = { ...mesh, positions: mesh.positions.map((value) => scale * value) };
      const index = new TriangleIndex(scaled);
      const far = points.map((value) => scale * value);
      expect(triangleSearch(index, far) === undefined).toBe(Math.abs(Math.log10(scale)) > 12);
      forEachNearest(far, index, (vertex) => {
        expect(Math.sqrt(index.squaredDistance) / scale).toBeCloseTo(expected[vertex], 5);
      });
    }
  });

  it('where WebAssembly is forbidden or too little memory is left, the same by JavaScript', async () => {
    const a = tessellate(flutedColumn, [1, 2, 1, 3, 0.2, 2], { uSteps: 30, vSteps: 20 });
    const b = tessellate(flutedColumn, [1.1, 2, 1, 2, 0.2, 2], { uSteps: 30, vSteps: 20 });
    const { surfaceDistances } = await import('./surface-distances.js');
    const expected = surfaceDistances(a, b);
    vi.stubGlobal('WebAssembly', {
      ...{ Module: WebAssembly.Module, Instance: WebAssembly.Instance },
      Memory: class {
        constructor() {
          throw new RangeError('WebAssembly.Memory(): could not allocate memory');
        }
      },
    });
    vi.resetModules();
    const { surfaceDistances: withoutMemory } = await import('./surface-distances.js');
    expect(withoutMemory(a, b)).toEqual(expected);
    vi.stubGlobal('WebAssembly', undefined);
    vi.resetModules();
    const [{ surfaceDistances: plain }, { searchKernel: none }] = await Promise.all([
      import('./surface-distances.js'),
      import('./search-kernel.js'),
    ]);
    expect(plain(a, b)).toEqual(expected);
    expect(none(1)).toBeUndefined();
  });

  it('keeps its memory for the next search, but not a great one, and detaches none', () => {
    const index = new TriangleIndex(square(2));
    const { kernel: first } = triangleSearch(index, new Float32Array(3))!;
    expect(triangleSearch(index, new Float32Array(3))!.kernel).toBe(first);
    const { kernel: second } = triangleSearch(index, new Float32Array(3 * 3e5))!;
    expect(triangleSearch(index, new Float32Array(3))!.kernel).toBe(second);
    const { kernel: great } = triangleSearch(index, new Float32Array(3 * 3e6))!;
    expect(great.memory.buffer.byteLength).toBeGreaterThan(2 ** 26);
    expect(triangleSearch(index, new Float32Array(3))!.kernel.memory.buffer.byteLength).toBeLessThan(2 ** 20);
    for (const { memory } of [first, second, great]) expect(memory.buffer.byteLength).toBeGreaterThan(0);
  });
});
