import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { bruteForce } from '../../test/brute-force-distances.js';
import { rectangle, square } from '../../test/simple-meshes.js';
import type { Mesh } from '../mesh/mesh.js';
import { flutedColumn } from '../surfaces/built-in/fluted-column.js';
import { spiralCylinder } from '../surfaces/built-in/spiral-cylinder.js';
import { tessellate } from '../surfaces/tessellate.js';
import { forEachNearest } from './for-each-nearest.js';
import { TriangleIndex } from './triangle-index.js';
import { triangleSearch } from './triangle-search.js';

/** Squared distances by WebAssembly and by JavaScript, the latter always from the first triangle; undefined where the kernel is not for it. */
function bothWays(points: Float32Array, mesh: Mesh): { fast: number[]; plain: number[] } | undefined {
  const index = new TriangleIndex(mesh);
  const search = triangleSearch(index, points);
  if (!search) return undefined;
  search.kernel.nearestAlong(0, points.length / 3, 1, 0, 1);
  const near = [...search.places.keys()].filter((i) => search.places[i] >= 0);
  const plain = near.map((i) => {
    const [x, y, z] = points.subarray(3 * i);
    // What the kernel found has the distance that it says.
    expect(index.squaredDistanceTo(search.places[i], x, y, z)).toBeCloseTo(search.squaredDistances[i], 12);
    index.nearest(x, y, z, 0);
    return index.squaredDistance;
  });
  return { fast: near.map((i) => search.squaredDistances[i]), plain };
}

describe('the search in WebAssembly', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('finds what the search in JavaScript finds: grids near each other, turned inside out, far from the origin, far from each other, long', () => {
    const a = tessellate(spiralCylinder, [1, 2, 1.8, 4.4, 0.3, 3], { uSteps: 90, vSteps: 70 });
    const b = tessellate(spiralCylinder, [1.01, 2.02, 1.7, 4.4, 0.3, 3.1], { uSteps: 83, vSteps: 91 });
    const c = tessellate(flutedColumn, [1.3, 2, 1, 2, 0.2, 2], { uSteps: 40, vSteps: 30 });
    // So far away that float32 rounds by a hundredth of an edge.
    const [farA, farB] = [a, b].map((mesh) => ({ ...mesh, positions: mesh.positions.map((value) => value + 3000) }));
    const beside = { ...a, positions: a.positions.map((value) => value + 1200) };
    // So long that float32 rounds by a tenth of the distance between them.
    const strip = rectangle({ uSteps: 9000, vSteps: 2 }, 0, 0.3, -150, 300);
    const above = {
      positions: Float32Array.from(
        Array.from({ length: 30_000 }, (_, i) => {
          const [x, y] = [300 * ((i * 0.6180339887) % 1) - 150, (i * 0.7548776662) % 1];
          return [x, y, 0.3 * x + 1e-4];
        }).flat(),
      ),
    };
    const reversed = { ...b, indices: b.indices.slice().reverse() };
    const searches: [Float32Array, Mesh][] = [
      [a.positions, b],
      [b.positions, a],
      [a.positions, c],
      [c.positions, a],
      [a.positions, a],
      [a.positions, reversed],
      [farA.positions, farB],
      [farB.positions, farA],
      [beside.positions, b],
      [above.positions, strip],
    ];
    for (const [from, to] of searches) {
      const { fast, plain } = bothWays(from, to)!;
      expect(fast).toHaveLength(from.length / 3);
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
    let searched = 0;
    fc.assert(
      fc.property(points(60), points(900), (from, corners) => {
        const count = corners.length - (corners.length % 3);
        const mesh = {
          positions: Float32Array.from(corners.flat()),
          indices: Uint32Array.from({ length: count }, (_, i) => i),
        };
        const found = bothWays(Float32Array.from(from.flat()), mesh);
        if (!found) return;
        searched += found.fast.length;
        found.fast.forEach((squared, i) => {
          expect(Math.abs(squared - found.plain[i])).toBeLessThanOrEqual(1e-12 * (1 + found.plain[i]));
        });
      }),
      { numRuns: 150, seed: 1 },
    );
    expect(searched).toBeGreaterThan(1000);
  });

  it('a grid with hundreds of thousands of quads along one side: every vertex is on it', () => {
    for (const steps of [
      { uSteps: 400_000, vSteps: 1 },
      { uSteps: 1, vSteps: 400_000 },
    ]) {
      const mesh = rectangle(steps);
      const index = new TriangleIndex(mesh);
      const { firstChild, endChild } = index.tree;
      const leaves = index.tree.levels[1];
      for (let node = leaves; node < firstChild.length; node++) {
        if (endChild[node] - firstChild[node] > 4)
          expect.fail(`node ${node} has ${endChild[node] - firstChild[node]} children`);
      }
      const points = mesh.positions.subarray(-90_000);
      let worst = 0;
      forEachNearest({ positions: points }, index, () => {
        worst = Math.max(worst, index.squaredDistance);
      });
      expect(worst).toBe(0);
    }
  });

  it('leaves points that are too far away for float32 to JavaScript, and only these', () => {
    const mesh = tessellate(spiralCylinder, [1, 2, 1, 2, 0.3, 3], { uSteps: 24, vSteps: 20 });
    const points = mesh.positions.map((value) => 1.1 * value);
    points.set([1e7, -1e7, 0], 300);
    points.set([0, 0, 1e30], 600);
    const index = new TriangleIndex(mesh);
    const search = triangleSearch(index, points)!;
    search.kernel.nearestAlong(0, points.length / 3, 1, 0, 1);
    expect([...search.places.keys()].filter((i) => search.places[i] < 0)).toEqual([100, 200]);
    const expected = bruteForce(points, mesh);
    forEachNearest({ positions: points }, index, (vertex) => {
      expect(Math.abs(Math.sqrt(index.squaredDistance) / expected[vertex] - 1)).toBeLessThan(1e-9);
    });
    // A mesh's own stray point makes its boxes too large.
    const stray = { ...mesh, positions: mesh.positions.slice() };
    stray.positions[3] = 1e7;
    expect(triangleSearch(new TriangleIndex(stray), points)).toBeUndefined();
    // Far from the origin, but not from each other.
    const [a, b] = [mesh.positions, points.subarray(900)].map((values) => values.map((value) => value + 1e4));
    const away = triangleSearch(new TriangleIndex({ ...mesh, positions: a }), b)!;
    away.kernel.nearestAlong(0, b.length / 3, 1, 0, 1);
    expect(Math.min(...away.places)).toBeGreaterThanOrEqual(0);
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
      forEachNearest({ positions: far }, index, (vertex) => {
        expect(Math.sqrt(index.squaredDistance) / scale).toBeCloseTo(expected[vertex], 5);
      });
    }
  });

  it('where WebAssembly is forbidden or too little memory is left, the same by JavaScript', async () => {
    const a = tessellate(flutedColumn, [1, 2, 1, 3, 0.2, 2], { uSteps: 30, vSteps: 20 });
    const b = tessellate(flutedColumn, [1.1, 2, 1, 2, 0.2, 2], { uSteps: 30, vSteps: 20 });
    const { surfaceDistances } = await import('../distances/surface-distances.js');
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
    const { surfaceDistances: withoutMemory } = await import('../distances/surface-distances.js');
    expect(withoutMemory(a, b)).toEqual(expected);
    vi.stubGlobal('WebAssembly', undefined);
    vi.resetModules();
    const [{ surfaceDistances: plain }, { searchKernel: none }] = await Promise.all([
      import('../distances/surface-distances.js'),
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
