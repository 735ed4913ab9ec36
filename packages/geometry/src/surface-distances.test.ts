import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignMesh } from './align-mesh.js';
import { chamferDistance } from './chamfer-distance.js';
import { fScore } from './f-score.js';
import { flutedColumn } from './fluted-column.js';
import { hausdorff } from './hausdorff.js';
import type { Mesh } from './mesh.js';
import { meshArea } from './mesh-area.js';
import { meshVolume } from './mesh-volume.js';
import { nearestDistances } from './nearest-distances.js';
import { normalConsistency } from './normal-consistency.js';
import { spiralCylinder } from './spiral-cylinder.js';
import { superellipsoid } from './superellipsoid.js';
import { surfaceDistances } from './surface-distances.js';
import { surfaceHausdorff } from './surface-hausdorff.js';
import { type TessellateOptions, tessellate } from './tessellate.js';
import { torusPair } from './torus-pair.js';
import { vertexAreas } from './vertex-areas.js';
import { volumeIoU } from './volume-iou.js';

type Point = readonly [number, number, number];
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

const corner = ({ positions, indices }: Mesh, k: number): Point => {
  const at = 3 * indices[k];
  return [positions[at], positions[at + 1], positions[at + 2]];
};

function bruteForce(points: Float32Array, mesh: Mesh): number[] {
  return Array.from({ length: points.length / 3 }, (_, i) => {
    const p: Point = [points[3 * i], points[3 * i + 1], points[3 * i + 2]];
    let least = Infinity;
    for (let k = 0; k < mesh.indices.length; k += 3) {
      least = Math.min(least, triangleDistance(p, corner(mesh, k), corner(mesh, k + 1), corner(mesh, k + 2)));
    }
    return least;
  });
}

function expectBruteForce(a: Mesh, b: Mesh, digits = 12): void {
  const expected = bruteForce(a.positions, b);
  surfaceDistances(a, b).forEach((distance, i) => {
    expect(Math.abs(distance - expected[i])).toBeLessThan(10 ** -digits * (1 + expected[i]));
  });
}

const sphere = (
  radius: number,
  steps: TessellateOptions = { uSteps: 96, vSteps: 48 },
  centre: Point = [0, 0, 0],
): Mesh => {
  const { positions, indices } = tessellate(superellipsoid, [radius, radius, radius, 1, 1], steps);
  return { positions: positions.map((value, i) => value + centre[i % 3]), indices };
};
/** A flat square from (x, y) on, of n × n quads, at height z + slope · x. */
const square = (n: number, z = 0, slope = 0, x = 0, width = 1): Mesh => {
  const { positions, indices } = tessellate(
    {
      name: 'square',
      parameters: [],
      closedU: false,
      closedV: false,
      domain: () => ({ uMin: x, uMax: x + width, vMin: 0, vMax: 1 }),
      position(u, v, _, out, offset = 0) {
        out[offset] = u;
        out[offset + 1] = v;
        out[offset + 2] = z + slope * u;
      },
    },
    [],
    { uSteps: n, vSteps: n },
  );
  return { positions, indices };
};
const box = (x: number, y: number, z: number, size: Point = [1, 1, 1]): Mesh => ({
  positions: Float32Array.from({ length: 24 }, (_, i) => {
    const vertex = Math.floor(i / 3);
    return [x, y, z][i % 3] + ((vertex >> (i % 3)) & 1) * size[i % 3];
  }),
  indices: Uint32Array.of(
    ...[0, 2, 3, 0, 3, 1, 4, 5, 7, 4, 7, 6, 0, 1, 5, 0, 5, 4],
    ...[2, 6, 7, 2, 7, 3, 0, 4, 6, 0, 6, 2, 1, 3, 7, 1, 7, 5],
  ),
});

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
    expect(() => surfaceDistances(a, a.positions as unknown as Mesh)).toThrow('b must be a Mesh with triangles');
    expect(() => surfaceDistances(a, a, new Float64Array(1))).toThrow('expected one number per vertex of a, 4, got 1');
  });
});

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

describe('chamferDistance', () => {
  it('between clouds of vertices is scipy’s', () => {
    const golden = JSON.parse(readFileSync(new URL('../test/golden/hausdorff.json', import.meta.url), 'utf8'));
    for (const { predicted, real, steps, ...means } of golden.slice(0, 4)) {
      const [a, b] = [predicted, real].map((p) =>
        tessellate(spiralCylinder, p, { uSteps: steps[0], vSteps: steps[1] }),
      );
      const found = chamferDistance(a, b, { to: 'vertices', weights: 'vertex' });
      expect(found.aToB).toBeCloseTo(means.meanPredictedToReal, 6);
      expect(found.bToA).toBeCloseTo(means.meanRealToPredicted, 6);
      expect(found.distance).toBeCloseTo(means.chamferMeanOfMeans, 6);
    }
  });

  it('shifted planes, concentric spheres, an uneven mesh', () => {
    expect(chamferDistance(square(4), square(9, 0.25)).distance).toBeCloseTo(0.25, 12);
    expect(chamferDistance(square(4), square(9, 0.25), { squared: true }).distance).toBeCloseTo(0.0625, 12);
    expect(chamferDistance(sphere(1), sphere(1.5)).distance).toBeCloseTo(0.5, 2);
    // z = x over the plane z = 0: the mean of x is ½ whatever the mesh's vertices crowd at; (u² as u crowds them at 0).
    const tilted = square(200, 0, 1);
    const crowded = { ...tilted, positions: tilted.positions.map((value, i) => (i % 3 === 1 ? value : value ** 3)) };
    expect(chamferDistance(crowded, square(1)).aToB).toBeCloseTo(0.5, 3);
    expect(chamferDistance(crowded, square(1), { weights: 'vertex' }).aToB).toBeCloseTo(0.25, 2);
    expect(() => chamferDistance(tilted, tilted, { to: 'edges' as 'surface' })).toThrow(
      'chamferDistance: to is wrong; expected surface or vertices, got "edges"',
    );
    expect(() => chamferDistance(tilted, tilted, { weights: 'x' as 'area' })).toThrow('weights is wrong');
  });

  it('vertex areas sum up to the area', () => {
    const mesh = sphere(1.3);
    expect(vertexAreas(mesh).reduce((a, b) => a + b)).toBeCloseTo(meshArea(mesh), 9);
  });
});

describe('fScore', () => {
  it('a tilted plane: the part below the tolerance', () => {
    const { precision, recall, fScore: score } = fScore(square(400, 0, 1), square(1), 0.25);
    expect(precision).toBeCloseTo(0.25, 2);
    // From (x, y, 0) to the plane z = x (0 ≤ x): x / √2, within up to x = 0.25 √2.
    const back = fScore(square(400), square(400, 0, 1), 0.25);
    expect(back.precision).toBeCloseTo(0.25 * Math.SQRT2, 2);
    expect(back.recall).toBeCloseTo(0.25, 2);
    expect(back.fScore).toBeCloseTo((2 * back.precision * back.recall) / (back.precision + back.recall), 12);
    expect(score).toBeGreaterThan(0);
    expect(recall).toBeGreaterThan(0);
  });

  it('equal, far apart, and wrong', () => {
    expect(fScore(sphere(1), sphere(1), 1e-6)).toEqual({ fScore: 1, precision: 1, recall: 1 });
    expect(fScore(sphere(1), sphere(1, {}, [9, 0, 0]), 0.5)).toEqual({ fScore: 0, precision: 0, recall: 0 });
    expect(() => fScore(square(1), square(1), 0)).toThrow(
      'fScore: tolerance is wrong; expected a positive number, got 0',
    );
  });
});

describe('normalConsistency', () => {
  it('spheres, a tilted plane, a turned mesh', () => {
    expect(normalConsistency(sphere(1), sphere(1.5)).consistency).toBeGreaterThan(0.999);
    const tilted = normalConsistency(square(5), square(5, 0, 1));
    expect(tilted.aToB).toBeCloseTo(Math.SQRT1_2, 6);
    expect(tilted.bToA).toBeCloseTo(Math.SQRT1_2, 6);
    const turned = square(5);
    const back = { ...turned, indices: turned.indices.map((_, k, all) => all[k - (k % 3) + ((3 - (k % 3)) % 3)]) };
    expect(normalConsistency(turned, back).consistency).toBeCloseTo(1, 6);
    expect(normalConsistency(turned, back, { oriented: true }).consistency).toBeCloseTo(-1, 6);
  });
});

describe('volumeIoU', () => {
  it('boxes exactly', () => {
    expect(meshVolume(box(0, 0, 0))).toBeCloseTo(1, 12);
    const { iou, error, intersection, union } = volumeIoU(box(0, 0, 0), box(0.25, 0.5, 0.125));
    expect(intersection).toBeCloseTo(0.75 * 0.5 * 0.875, 9);
    expect(union).toBeCloseTo(2 - intersection, 9);
    expect(iou).toBeCloseTo(intersection / union, 12);
    expect(error).toBeLessThan(1e-9);
    expect(volumeIoU(box(0, 0, 0), box(0, 0, 0)).iou).toBeCloseTo(1, 9);
    expect(volumeIoU(box(0, 0, 0), box(3, 0, 0))).toEqual({ iou: 0, error: 0, intersection: 0, union: 2 });
    expect(volumeIoU(box(0, 0, 0), box(0, 0, 3)).iou).toBe(0);
    // One inside the other, also inside out.
    const inner = box(0.25, 0.25, 0.25, [0.5, 0.5, 0.5]);
    expect(volumeIoU(box(0, 0, 0), inner).iou).toBeCloseTo(0.125, 9);
    const insideOut = { ...inner, indices: inner.indices.slice().reverse() };
    expect(volumeIoU(insideOut, box(0, 0, 0)).iou).toBeCloseTo(0.125, 9);
  });

  it('spheres: concentric, and a lens; within the stated error and that of the meshes', () => {
    const fine = { uSteps: 400, vSteps: 200 };
    const [large, small] = [sphere(1, fine), sphere(0.7, fine)];
    const inside = volumeIoU(small, large);
    expect(Math.abs(inside.iou - meshVolume(small) / meshVolume(large))).toBeLessThanOrEqual(inside.error);
    expect(inside.error).toBeLessThan(1e-3);
    // Two unit spheres at distance d: the lens is π (4 + d) (2 − d)² / 12.
    for (const centre of [
      [0.8, 0, 0],
      [0, 0, 0.8],
      [0.3, 0.5, Math.sqrt(0.64 - 0.34)],
    ] as const) {
      const lens = (Math.PI * 4.8 * 1.2 ** 2) / 12;
      const expected = lens / ((8 / 3) * Math.PI - lens);
      const { iou, error } = volumeIoU(large, sphere(1, fine, centre));
      expect(error).toBeLessThan(2e-3);
      // The meshes are 3e-4 smaller than the spheres.
      expect(Math.abs(iou - expected)).toBeLessThan(error + 3e-4);
    }
  });

  it('rings, other resolutions, the same result twice', () => {
    const rings = tessellate(torusPair, [1, 0.2, 1, 0.1, 1, 1.5], { uSteps: 80, vSteps: 40 });
    const thinner = tessellate(torusPair, [1, 0.15, 1, 0.1, 1, 1.5], { uSteps: 80, vSteps: 40 });
    const exact = meshVolume(thinner) / meshVolume(rings);
    const [coarse, usual] = [64, 256].map((resolution) => volumeIoU(rings, thinner, { resolution }));
    for (const { iou, error } of [coarse, usual]) expect(Math.abs(iou - exact)).toBeLessThanOrEqual(error);
    expect(usual.error).toBeLessThan(0.01);
    expect(volumeIoU(rings, thinner, { resolution: 64 })).toEqual(coarse);
    expect(() => volumeIoU(rings, square(2))).toThrow('volumeIoU: b is open; expected a watertight mesh');
    expect(() => volumeIoU(rings, rings, { resolution: 3 })).toThrow('volumeIoU: resolution is wrong');
  });
});

describe('alignMesh', () => {
  const steps = { uSteps: 100, vSteps: 60 };
  const mesh = tessellate(flutedColumn, [1, 2, 1, 2, 0.2, 2], steps);
  const moved = (scale: number, angle: number): Mesh => ({
    indices: mesh.indices,
    positions: mesh.positions.map((value, i, all) => {
      if (i % 3 === 2) return scale * value;
      const [x, y] = [all[i - (i % 3)], all[i - (i % 3) + 1]];
      return (
        scale * (i % 3 === 0 ? Math.cos(angle) * x - Math.sin(angle) * y : Math.sin(angle) * x + Math.cos(angle) * y)
      );
    }),
  });

  it('finds scale and angle', () => {
    const found = alignMesh(mesh, moved(1.37, 0.5));
    expect(found.scale).toBeCloseTo(1.37, 4);
    // Five lobes: five right answers.
    const fifth = (2 * Math.PI) / 5;
    expect(Math.abs(((found.angle - 0.5 + 10.5 * fifth) % fifth) - fifth / 2)).toBeLessThan(1e-3);
    expect(found.distance).toBeLessThan(1e-4);
    expect(hausdorff(found.mesh, moved(1.37, 0.5))).toBeLessThan(0.05);
    expect(surfaceHausdorff(found.mesh, moved(1.37, 0.5)).distance).toBeLessThan(1e-3);
  });

  it('changes only what it may', () => {
    const scaled = alignMesh(mesh, moved(0.6, 0.4), { rotation: false });
    expect(scaled.angle).toBe(0);
    expect(scaled.scale).toBeCloseTo(0.6, 1);
    const turned = alignMesh(mesh, moved(1, 0.4), { scale: false });
    expect(turned.scale).toBe(1);
    expect(turned.distance).toBeLessThan(1e-4);
    expect(alignMesh(mesh, mesh, { scale: false, rotation: false }).mesh.positions).toEqual(mesh.positions);
    expect(() => alignMesh(mesh, mesh, { samples: 0 })).toThrow('alignMesh: samples is wrong');
    expect(() => alignMesh(mesh, { ...mesh, positions: mesh.positions.map(() => 0) })).toThrow('a point at the origin');
  });
});

describe('meshes of 1,000 × 1,000 quads', () => {
  const steps = { uSteps: 1000, vSteps: 1000 };

  it('all distances', () => {
    const a = tessellate(spiralCylinder, [1, 2, 1, 2, 0.3, 3], steps);
    const b = tessellate(spiralCylinder, [1.02, 2, 1, 2, 0.3, 3], steps);
    // Along each row the radius differs by 0.02: so do the surfaces, or a little less where they slope.
    const exact = hausdorff(a, b);
    expect(exact).toBeGreaterThan(0.0199);
    expect(exact).toBeLessThan(0.0201);
    const distances = surfaceDistances(a, b);
    expect(distances).toHaveLength(1001 ** 2);
    expect(distances.reduce((x, y) => Math.max(x, y))).toBeLessThanOrEqual(exact);
    expect(distances.reduce((x, y) => Math.min(x, y))).toBeGreaterThan(0.012);
    const between = surfaceHausdorff(a, b);
    expect(between.distance).toBeLessThanOrEqual(exact + 1e-12);
    expect(between.error).toBeLessThanOrEqual(1e-3);
  });

  it('volumes', () => {
    const [a, b] = [1, 0.9].map((size) => tessellate(superellipsoid, [size, size, size, 1, 1], steps));
    const { iou, error } = volumeIoU(a, b);
    expect(Math.abs(iou - 0.729)).toBeLessThan(error + 1e-6);
  });
});
