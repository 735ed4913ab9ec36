import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spiralCylinder } from '../surfaces/built-in/spiral-cylinder.js';
import { tessellate } from '../surfaces/tessellate.js';
import { directedHausdorff } from './directed-hausdorff.js';
import { hausdorff } from './hausdorff.js';
import { nearestDistances } from './nearest-distances.js';

interface GoldenPair {
  predicted: Record<string, number>;
  real: Record<string, number>;
  steps: [number, number];
  directedPredictedToReal: number;
  directedRealToPredicted: number;
  hausdorff: number;
  meanPredictedToReal: number;
  meanRealToPredicted: number;
  chamferMeanOfMeans: number;
}
// scipy's results.
const golden: GoldenPair[] = JSON.parse(
  readFileSync(new URL('../../test/golden/hausdorff.json', import.meta.url), 'utf8'),
);
const mean = (values: Float64Array) => values.reduce((a, b) => a + b) / values.length;

/** The definition: every pair. */
function bruteForce(a: Float32Array, b: Float32Array): Float64Array {
  return Float64Array.from({ length: a.length / 3 }, (_, i) => {
    let least = Infinity;
    for (let j = 0; j < b.length; j += 3) {
      const [x, y, z] = [b[j] - a[3 * i], b[j + 1] - a[3 * i + 1], b[j + 2] - a[3 * i + 2]];
      least = Math.min(least, x * x + y * y + z * z);
    }
    return Math.sqrt(least);
  });
}

function expectExact(a: Float32Array, b: Float32Array): void {
  const [ab, ba] = [bruteForce(a, b), bruteForce(b, a)];
  expect(nearestDistances(a, b)).toEqual(ab);
  expect(directedHausdorff(a, b)).toBe(Math.max(...ab));
  expect(directedHausdorff(b, a)).toBe(Math.max(...ba));
  expect(hausdorff(a, b)).toBe(Math.max(...ab, ...ba));
}

describe('distances between spiral cylinders, against scipy', () => {
  it.each(golden.map((pair, i) => [i, pair] as const))('pair %i, all numbers to 1e-6', (_, pair) => {
    const [uSteps, vSteps] = pair.steps;
    const predicted = tessellate(spiralCylinder, pair.predicted, { uSteps, vSteps });
    const real = tessellate(spiralCylinder, pair.real, { uSteps, vSteps });
    const means = [mean(nearestDistances(predicted, real)), mean(nearestDistances(real, predicted))];
    const actual = {
      directedPredictedToReal: directedHausdorff(predicted, real),
      directedRealToPredicted: directedHausdorff(real, predicted),
      hausdorff: hausdorff(predicted, real),
      meanPredictedToReal: means[0],
      meanRealToPredicted: means[1],
      chamferMeanOfMeans: (means[0] + means[1]) / 2,
    };
    for (const [key, value] of Object.entries(actual)) {
      expect(Math.abs(value - pair[key as keyof typeof actual]), key).toBeLessThan(1e-6);
    }
  });
});

describe('distances, against every pair of points', () => {
  const float = fc.float({ min: -100, max: 100, noNaN: true });
  const cloud = (coordinate: fc.Arbitrary<number>, maxLength: number) =>
    fc
      .array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 1, maxLength })
      .map((points) => Float32Array.from(points.flat()));

  it('random clouds', () => {
    fc.assert(fc.property(cloud(float, 200), cloud(float, 200), expectExact), { numRuns: 60, seed: 1 });
  });

  it('many duplicates and ties', () => {
    const small = fc.integer({ min: -2, max: 2 });
    fc.assert(fc.property(cloud(small, 200), cloud(small, 200), expectExact), { numRuns: 60, seed: 1 });
  });

  it('huge, tiny and negative zero coordinates', () => {
    const extreme = fc.constantFrom(0, -0, 1e-45, -1e-30, 1e-3, 1, -1, 3.4e38, -3.4e38, 1e19);
    fc.assert(fc.property(cloud(extreme, 60), cloud(extreme, 60), expectExact), { numRuns: 60, seed: 1 });
  });

  it('large clouds: random, in a line, in a plane, equal points, clusters with an outlier', () => {
    let state = 1;
    const random = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    const make = (count: number, point: (i: number) => [number, number, number]) =>
      Float32Array.from(Array.from({ length: count }, (_, i) => point(i)).flat());
    const clouds = [
      make(1500, () => [random(), random(), random()]),
      make(1300, () => [2 * random(), 3 * random(), 1 + random()]),
      make(1200, (i) => [i, 2 * i, -i]),
      make(1100, (i) => [Math.floor(i / 33), i % 33, 5]),
      make(1000, () => [1, 2, 3]),
      make(900, (i) => (i === 0 ? [1e6, 1e6, 1e6] : [1e-3 * random(), 1e-3 * random(), 1e-3 * random()])),
      make(1, () => [0.5, 0.5, 0.5]),
    ];
    for (const a of clouds) for (const b of clouds) expectExact(a, b);
  });

  it('meshes over grids of different sizes, and far apart', () => {
    const a = tessellate(spiralCylinder, [1, 2, 1, 2, 0.3, 3], { uSteps: 40, vSteps: 30 }).positions;
    const b = tessellate(spiralCylinder, [1.02, 2.1, 1.1, 2, 0.3, 3], { uSteps: 33, vSteps: 41 }).positions;
    expectExact(a, b);
    expectExact(
      a,
      b.map((value) => value + 50),
    );
    expect(hausdorff(a, a)).toBe(0);
  });
});

describe('nearestDistances', () => {
  it('writes into the array it is given', () => {
    const out = new Float32Array(2);
    const distances = nearestDistances(Float32Array.of(0, 0, 0, 1, 2, 2), Float32Array.of(0, 0, 0), out);
    expect(distances).toBe(out);
    expect([...out]).toEqual([0, 3]);
    expect(() => nearestDistances(Float32Array.of(0, 0, 0), Float32Array.of(0, 0, 0), out)).toThrow(
      'nearestDistances: wrong length of out; expected one number per vertex of a, 1, got 2',
    );
  });
});

describe.each([
  ['directedHausdorff', directedHausdorff],
  ['hausdorff', hausdorff],
  ['nearestDistances', nearestDistances],
] as const)('%s', (name, distance) => {
  const point = Float32Array.of(1, 2, 3);

  it('refuses what is not a cloud of points', () => {
    expect(() => distance(new Float32Array(0), point)).toThrow(`${name}: a must hold x, y, z of at least one point`);
    expect(() => distance(point, new Float32Array(4))).toThrow(
      `${name}: b must hold x, y, z of at least one point; expected a positive multiple of 3 numbers, got 4`,
    );
    expect(() => distance(point, Float32Array.of(0, 0, 0, 0, Number.NaN, 0))).toThrow(
      `${name}: coordinate y of vertex 1 of b must be finite, got NaN`,
    );
    expect(() => distance(Float32Array.of(Infinity, 0, 0), point)).toThrow('must be finite, got Infinity');
    expect(() => distance([1, 2, 3] as unknown as Float32Array, point)).toThrow('must be a Mesh or a Float32Array');
  });
});
