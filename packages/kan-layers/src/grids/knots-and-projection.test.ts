import { describe, expect, it } from 'vitest';
import { golden, relativeError } from '../../test/backends.js';
import { adaptiveKnots } from './adaptive-knots.js';
import { adaptiveRidge, nestedRidge, splineProjection } from './projection.js';
import { splineRow } from './spline-row.js';

const files = ['efficient-kan-v0-0', 'efficient-kan-v0-1', 'efficient-kan-v1-0', 'efficient-kan-v1-1'];
const placement = { margin: 0.01, gridEps: 0.02, minGap: 1e-3 };

/** One input's part of a recorded grid update. */
function recorded(name: string) {
  const { config, weights, buffers, updateGrid } = golden(name);
  const [rows, inputs] = updateGrid.samples.shape as [number, number];
  const [units, , count] = weights['spline_weight']!.shape as [number, number, number];
  const scaler = weights['spline_scaler']?.data;
  const knots = (grid: { shape: readonly number[]; data: ArrayLike<number> }, i: number) =>
    Float64Array.from({ length: grid.shape[1]! }, (_, j) => grid.data[i * grid.shape[1]! + j]!);
  const coefficients = (data: ArrayLike<number>, i: number, o: number, scale: number) =>
    Float64Array.from({ length: count }, (_, g) => data[(o * inputs + i) * count + g]! * scale);
  return {
    order: config['spline_order'] as number,
    gridSize: config['grid_size'] as number,
    rows,
    inputs,
    units,
    samples: (i: number) =>
      Float64Array.from({ length: rows }, (_, r) => updateGrid.samples.data[r * inputs + i]!).sort(),
    unsorted: (i: number) => Float64Array.from({ length: rows }, (_, r) => updateGrid.samples.data[r * inputs + i]!),
    oldKnots: (i: number) => knots(buffers['grid']!, i),
    newKnots: (i: number) => knots(updateGrid.grid, i),
    /** With the scale, which the reference forgets to divide by in what it stores. */
    old: (i: number, o: number) =>
      coefficients(weights['spline_weight']!.data, i, o, scaler ? scaler[o * inputs + i]! : 1),
    fittedByReference: (i: number, o: number) => coefficients(updateGrid.splineWeight.data, i, o, 1),
    base: (i: number, o: number) => weights['base_weight']!.data[o * inputs + i]!,
    outputBefore: updateGrid.outputBefore.data,
  };
}

function evaluate(knots: Float64Array, order: number, coefficients: ArrayLike<number>, x: number): number {
  const row = new Float64Array(order + 1);
  const first = splineRow(knots, order, x, row);
  return row.reduce((total, value, i) => total + value * coefficients[first + i]!, 0);
}

function project(projection: Float64Array, old: Float64Array): Float64Array {
  const count = projection.length / old.length;
  return Float64Array.from({ length: count }, (_, a) =>
    old.reduce((total, value, b) => total + value * projection[a * old.length + b]!, 0),
  );
}

const uniform = (gridSize: number, order: number, low = -1, high = 1) =>
  Float64Array.from({ length: gridSize + 2 * order + 1 }, (_, j) => low + ((j - order) * (high - low)) / gridSize);

/** Numbers in (−½, ½) that are no grid. */
const noise = (count: number, start = 1) =>
  Float64Array.from({ length: count }, (_, i) => ((Math.sin((i + start) * 12.9898) * 43758.5453) % 1) / 2);

describe('splineRow', () => {
  it.each(files)('gives the output of the PyTorch reference: %s', (name) => {
    const file = recorded(name);
    const output = new Float64Array(file.rows * file.units);
    for (let i = 0; i < file.inputs; i++) {
      file.unsorted(i).forEach((x, r) => {
        for (let o = 0; o < file.units; o++) {
          output[r * file.units + o]! +=
            file.base(i, o) * (x / (1 + Math.exp(-x))) + evaluate(file.oldKnots(i), file.order, file.old(i, o), x);
        }
      });
    }
    expect(relativeError(output, file.outputBefore)).toBeLessThan(1e-5);
  });

  it('is a partition of one inside, 0 outside, and half-open', () => {
    for (const order of [0, 1, 2, 3, 5]) {
      const knots = uniform(4, order).map((t) => t + 0.1 * Math.sin(3 * t));
      const ones = new Float64Array(4 + order).fill(1);
      const top = knots[knots.length - 1]!;
      for (const x of [knots[order]!, -0.3, 0.41, knots[order + 4]! - 1e-9]) {
        expect(evaluate(knots, order, ones, x)).toBeCloseTo(1, 12);
      }
      for (const x of [top, top + 1, knots[0]! - 1e-9, Number.NaN, Number.POSITIVE_INFINITY]) {
        expect(evaluate(knots, order, ones, x)).toBe(0);
      }
    }
  });
});

describe('adaptiveKnots', () => {
  it.each(files)('places the knots of the PyTorch reference: %s', (name) => {
    const file = recorded(name);
    const { gridSize, order, rows } = file;
    // Which samples the reference takes follows from its `linspace` to whole numbers. For 9 of 64 rows PyTorch's vectorised code
    // takes the sample one rank lower for some knots; the difference of these samples is all that may differ.
    const referenceRanks =
      gridSize === 8 ? [0, 7, 15, 23, 31, 38, 46, 54, 63] : gridSize === 5 ? [0, 12, 25, 37, 50, 63] : null;
    expect(rows).toBe(64);
    for (let i = 0; i < file.inputs; i++) {
      const sorted = file.samples(i);
      const knots = adaptiveKnots(sorted, gridSize, order, placement)!;
      const expected = file.newKnots(i);
      expect(knots.length).toBe(expected.length);
      knots.forEach((knot, j) => {
        const inner = Math.min(Math.max(j - order, 0), gridSize);
        const rank = Math.floor((inner * (rows - 1)) / gridSize);
        const shift = 0.98 * (sorted[referenceRanks![inner]!]! - sorted[rank]!);
        expect(Math.abs(knot + shift - expected[j]!), `input ${i}, knot ${j}`).toBeLessThan(2e-6);
      });
    }
  });

  it('keeps knots apart where samples repeat', () => {
    const sorted = Float64Array.from({ length: 100 }, (_, r) => (r < 70 ? 0 : (r - 69) / 30));
    for (const [gridEps, minGap] of [
      [0, 0.01],
      [0, 1],
      [0.02, 0.001],
    ] as const) {
      const knots = adaptiveKnots(sorted, 5, 3, { margin: 0.01, gridEps, minGap })!;
      const gaps = knots.slice(1).map((knot, j) => knot - knots[j]!);
      expect(Math.min(...gaps)).toBeGreaterThan((minGap * 1.02) / 5 - 1e-9);
      expect(knots[3]).toBeLessThanOrEqual(0);
      expect(knots[8]).toBeGreaterThanOrEqual(1 - 1e-9);
    }
  });

  it('sees no room in samples that are all alike', () => {
    expect(adaptiveKnots(new Float64Array(9).fill(0.3), 5, 3, placement)).toBeNull();
    // Apart in the 7th digit: float32 has nothing in between.
    expect(adaptiveKnots(Float64Array.of(1000, 1000, 1000.0001), 2, 3, placement)).toBeNull();
  });
});

describe('splineProjection', () => {
  it.each(files)('is as good on the samples as the fit of the PyTorch reference: %s', (name) => {
    const file = recorded(name);
    let ours = 0;
    let reference = 0;
    for (let i = 0; i < file.inputs; i++) {
      const [oldKnots, newKnots] = [file.oldKnots(i), file.newKnots(i)];
      const sorted = file.samples(i);
      const projection = splineProjection(oldKnots, newKnots, file.order, sorted, adaptiveRidge, 'zero');
      for (let o = 0; o < file.units; o++) {
        const fitted = project(projection, file.old(i, o));
        for (const x of sorted) {
          const value = evaluate(oldKnots, file.order, file.old(i, o), x);
          ours += (evaluate(newKnots, file.order, fitted, x) - value) ** 2;
          reference += (evaluate(newKnots, file.order, file.fittedByReference(i, o), x) - value) ** 2;
        }
      }
    }
    expect(reference).toBeGreaterThan(0);
    expect(Math.sqrt(ours / reference)).toBeLessThan(1.02);
  });

  it.each([0, 1, 2, 3, 5])('is exact on nested knots, order %i', (order) => {
    const from = uniform(5, order);
    const to = uniform(15, order);
    const projection = splineProjection(from, to, order, new Float64Array(0), nestedRidge, 'zero');
    const old = noise(5 + order);
    const fitted = project(projection, old);
    for (let x = -0.999; x < 1; x += 0.0173) {
      expect(Math.abs(evaluate(to, order, fitted, x) - evaluate(from, order, old, x))).toBeLessThan(1e-8);
    }
  });

  it('keeps polynomials of the order on any knots, and coefficients tame where samples say little', () => {
    const from = uniform(8, 3, -2, 2);
    // By least squares on the spot: the coefficients of x³ − x in the old splines, from the projection of a much finer grid.
    const cubic = (x: number) => x ** 3 - x;
    const old = Float64Array.from({ length: 11 }, (_, j) => {
      const [a, b, c] = [from[j + 1]!, from[j + 2]!, from[j + 3]!];
      // The blossom of the polynomial at the inner knots.
      return a * b * c - (a + b + c) / 3;
    });
    expect(evaluate(from, 3, old, 0.77)).toBeCloseTo(cubic(0.77), 12);
    // Half of the samples are 0, as after a ReLU: knots pile up beside wide outer steps.
    const sorted = Float64Array.from({ length: 1000 }, (_, r) => (r < 500 ? 0 : ((r - 499) / 501) ** 2 * 1.9));
    const to = adaptiveKnots(sorted, 5, 3, placement)!;
    const fitted = project(splineProjection(from, to, 3, sorted, adaptiveRidge, 'zero'), old);
    for (const x of sorted) expect(Math.abs(evaluate(to, 3, fitted, x) - cubic(x))).toBeLessThan(5e-3);
    for (const value of fitted) expect(Math.abs(value)).toBeLessThan(20);
  });
});
