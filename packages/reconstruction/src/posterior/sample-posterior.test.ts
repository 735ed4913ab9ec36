import { type Invariance, lawPosterior, moveAlong, posteriorTime } from '@kanrecon/identifiability';
import { randomStream } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { type PosteriorShape, samplePosterior } from './sample-posterior.js';

const factor = (...indices: number[]): Invariance => ({
  terms: indices.map((index) => ({ parameter: `p${index}`, index, kind: 'factor', rate: 1, offset: 0 })),
});
const nothing = 1e-7;
const still = [0, 1, 2].map(() => [0, 0] as const);

function means(samples: readonly Float64Array[], of: (sample: Float64Array) => number): number {
  return samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
}

/** Means of x, y and their products over a box with a density, by a grid of cells. */
function integrated(ranges: PosteriorShape['ranges'], density: (x: number, y: number) => number, steps = 250) {
  const [a, b] = ranges as [{ min: number; max: number }, { min: number; max: number }];
  const sums = new Float64Array(6);
  for (let i = 0; i < steps; i++) {
    for (let j = 0; j < steps; j++) {
      const x = a.min + ((a.max - a.min) * (i + 0.5)) / steps;
      const y = b.min + ((b.max - b.min) * (j + 0.5)) / steps;
      const w = density(x, y);
      sums[0]! += w;
      sums[1]! += w * x;
      sums[2]! += w * y;
      sums[3]! += w * x * x;
      sums[4]! += w * x * y;
      sums[5]! += w * y * y;
    }
  }
  const [x, y, xx, xy, yy] = sums.subarray(1).map((sum) => sum / sums[0]!);
  return { x: x!, y: y!, xx: xx!, xy: xy!, yy: yy! };
}

function expectMoments(samples: readonly Float64Array[], expected: ReturnType<typeof integrated>, tolerance: number) {
  expect(Math.abs(means(samples, ([x]) => x!) - expected.x)).toBeLessThan(tolerance);
  expect(Math.abs(means(samples, ([, y]) => y!) - expected.y)).toBeLessThan(tolerance);
  expect(Math.abs(means(samples, ([x]) => x! * x!) - expected.xx)).toBeLessThan(3 * tolerance);
  expect(Math.abs(means(samples, ([x, y]) => x! * y!) - expected.xy)).toBeLessThan(3 * tolerance);
  expect(Math.abs(means(samples, ([, y]) => y! * y!) - expected.yy)).toBeLessThan(3 * tolerance);
}

describe('samplePosterior', () => {
  it("of a law alone has the law's own density", () => {
    const law = factor(0, 1);
    const ranges = [
      { min: 0.5, max: 1.5 },
      { min: 1, max: 3 },
    ];
    const found = Float64Array.of(0.8, 1.4);
    const axes = [Float64Array.of(1, 0), Float64Array.of(0, 1)];
    const shape = { found, open: { axes, spreads: [nothing, nothing] }, scale: Float64Array.of(1, 1) };
    const count = 4000;
    const samples = samplePosterior({ flats: still, ...shape, invariances: [law], ranges }, count, randomStream(1));
    expect(samples).toHaveLength(count);
    const posterior = lawPosterior(law, found, ranges);
    const radii = samples.map(([radius]) => radius!).sort((a, b) => a - b);
    for (const share of [0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98]) {
      const [radius] = moveAlong(law, found, posteriorTime(posterior, share));
      const below = radii.filter((value) => value < radius!).length / count;
      expect(Math.abs(below - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / count));
    }
    for (const [radius, height] of samples) expect(height! / radius!).toBeCloseTo(1.4 / 0.8, 4);
  });

  it('of a normal distribution is cut off at the box, slanted as it is', () => {
    const ranges = [
      { min: 0, max: 1 },
      { min: 10, max: 14 },
    ];
    const found = Float64Array.of(0.9, 10.2);
    const axes = [Float64Array.of(0.6, 0.8), Float64Array.of(-0.8, 0.6)];
    const open = { axes, spreads: [0.5, 0.15] };
    const scale = Float64Array.of(1, 4);
    const samples = samplePosterior(
      { flats: still, found, open, scale, invariances: [], ranges },
      4000,
      randomStream(2),
    );
    for (const [x, y] of samples) expect(x! >= 0 && x! <= 1 && y! >= 10 && y! <= 14).toBe(true);
    const expected = integrated(ranges, (x, y) => {
      const off = [x - 0.9, (y - 10.2) / 4];
      const along = axes.map((axis, k) => (axis[0]! * off[0]! + axis[1]! * off[1]!) / open.spreads[k]!);
      return Math.exp(-0.5 * (along[0]! ** 2 + along[1]! ** 2));
    });
    // y in the box's own measure.
    const unit = samples.map(([x, y]) => Float64Array.of(x!, (y! - 10) / 4));
    const [y, yy, xy] = [
      (expected.y - 10) / 4,
      (expected.yy - 20 * expected.y + 100) / 16,
      (expected.xy - 10 * expected.x) / 4,
    ];
    expectMoments(unit, { ...expected, y, yy, xy }, 0.02);
  });

  it('of a law and a normal distribution across it is both: uniform beforehand, whatever the law does to volumes', () => {
    const ranges = [
      { min: 1, max: 3 },
      { min: 1, max: 3 },
    ];
    const found = Float64Array.of(1.5, 2);
    const spread = 0.15;
    const axes = [Float64Array.of(0.6, 0.8), Float64Array.of(-0.8, 0.6)];
    const open = { axes, spreads: [nothing, spread] };
    const scale = Float64Array.of(1, 1);
    const samples = samplePosterior(
      { flats: still, found, open, scale, invariances: [factor(0, 1)], ranges },
      4000,
      randomStream(3),
    );
    for (const [x, y] of samples) expect(x! >= 1 && x! <= 3 && y! >= 1 && y! <= 3).toBe(true);
    // x = e^t · (found + s · across), and found is 2.5 along the law.
    const expected = integrated(ranges, (x, y) => {
      const grown = (0.6 * x + 0.8 * y) / 2.5;
      const across = (-0.8 * x + 0.6 * y) / grown;
      return Math.exp(-0.5 * (across / spread) ** 2);
    });
    expectMoments(samples, expected, 0.04);
  });

  it('never moves what is known, and moves the others within their ranges', () => {
    const ranges = [
      { min: 0.7, max: 0.7 },
      { min: 1, max: 3 },
      { min: 2, max: 2.5 },
    ];
    const found = Float64Array.of(0.7, 2.9, 2);
    const axes = [Float64Array.of(0, 0.8, 0.6), Float64Array.of(0, -0.6, 0.8)];
    const open = { axes, spreads: [0.4, 0.2] };
    const scale = Float64Array.of(1, 2, 1);
    const invariances = [
      factor(1),
      { terms: [{ parameter: 'c', index: 2, kind: 'shift', rate: 1, offset: 0 }] } as const,
    ];
    const samples = samplePosterior({ flats: still, found, open, scale, invariances, ranges }, 300, randomStream(4));
    for (const [known, b, c] of samples) {
      expect(known).toBe(0.7);
      expect(b! >= 1 && b! <= 3 && c! >= 2 && c! <= 2.5).toBe(true);
    }
    expect(new Set(samples.map(([, b]) => b)).size).toBe(300);
  });

  it('is even where a parameter can be moved without a trace, as far as its range', () => {
    const ranges = [{ min: 0.25, max: 1 }];
    const open = { axes: [Float64Array.of(1)], spreads: [nothing] };
    const flats = [[-0.4, 0.1] as const];
    const shape = { flats, found: Float64Array.of(0.5), open, scale: Float64Array.of(1), invariances: [], ranges };
    const samples = samplePosterior(shape, 4000, randomStream(5)).map(([x]) => x!);
    for (const end of [0.3, 0.4, 0.5, 0.59]) {
      const below = samples.filter((x) => x < end).length / 4000;
      expect(Math.abs(below - (end - 0.25) / 0.35)).toBeLessThan(0.03);
    }
    expect(Math.min(...samples)).toBeGreaterThanOrEqual(0.25);
    expect(Math.max(...samples)).toBeLessThan(0.6001);
  });

  it('is the same from the same seed', () => {
    const ranges = [{ min: 0, max: 1 }];
    const open = { axes: [Float64Array.of(1)], spreads: [0.2] };
    const shape = {
      flats: still,
      found: Float64Array.of(0.5),
      open,
      scale: Float64Array.of(1),
      invariances: [],
      ranges,
    };
    const drawn = (seed: number) => samplePosterior(shape, 20, randomStream(seed));
    expect(drawn(5)).toEqual(drawn(5));
    expect(drawn(5)).not.toEqual(drawn(6));
  });
});
