import { spiralCylinder } from '@kanrecon/geometry';
import { randomStream } from '@kanrecon/scene';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { describe, expect, it } from 'vitest';
import { bestPossibleScores } from './best-possible-scores.js';
import { type Invariance, type InvarianceTerm, invarianceInterval } from './invariance.js';
import { lawPosterior, posteriorMeans, posteriorMedians } from './law-posterior.js';

const parameter = (name: string, min: number, max: number) => ({ name, min, max, unit: '', label: name });
const [a, b, h] = [parameter('a', 0.5, 2), parameter('b', 0.5, 2), parameter('h', 1, 3)];

function law(...terms: [index: number, rate: number, kind?: InvarianceTerm['kind'], offset?: number][]): Invariance {
  return {
    terms: terms.map(([index, rate, kind = 'factor', offset = 0]) => ({
      parameter: `p${index}`,
      index,
      kind,
      rate,
      offset,
    })),
  };
}

const studyLaw = law([0, 1], [1, 1], [4, 1], [5, -1]);
const studyInvisible = { invisible: ['twist_amp', 'twist_freq'], invariances: [studyLaw] };

describe('bestPossibleScores', () => {
  it("reproduces the study's ceilings", () => {
    const best = bestPossibleScores(spiralCylinder, studyInvisible);
    const known = { radius: 0.721, height: 0.721, twist_amp: 0, twist_freq: 0, wave_amp: 0.927, wave_freq: 0.814 };
    for (const { name, r2 } of best.perParameter) {
      expect(Math.abs(r2 - known[name as keyof typeof known])).toBeLessThan(0.005);
    }
    expect(best.draws).toBe(400_000);
    expect(Math.abs(best.r2 - 0.53)).toBeLessThan(0.005);
    expect(best.mse).toBeCloseTo(0.0391, 3);
    expect(best.rmse).toBeCloseTo(0.198, 3);
    // With the posterior mean it would be .148; the median is a little better.
    expect(best.mae).toBeCloseTo(0.147, 3);
    expect(bestPossibleScores(spiralCylinder, studyInvisible, { draws: 5000 })).toEqual(
      bestPossibleScores(spiralCylinder, studyInvisible, { draws: 5000 }),
    );
  });

  it('is perfect where nothing is invisible', () => {
    const best = bestPossibleScores(spiralCylinder, { invisible: [], invariances: [] });
    expect(best).toMatchObject({ r2: 1, mae: 0, mse: 0, rmse: 0 });
  });

  // An independent way: objects with the same visible combination are neighbours when sorted by it; what they differ in is
  // what cannot be known.
  it.each<[string, Invariance[], (x: number, y: number, z: number) => number, number]>([
    ['a product', [law([0, 1], [1, -1])], (x, y) => x * y, 0.003],
    ['a sum', [law([0, 1, 'shift'], [1, -2, 'shift'])], (x, y) => 2 * x + y, 0.003],
    ['an offset', [law([0, 1], [1, -1, 'factor', 3])], (x, y) => x * (y + 3), 0.003],
    ['factor and shift', [law([0, 1], [1, -0.5, 'shift'])], (x, y) => x * Math.exp(2 * y), 0.003],
    ['two invariances of one kind', [law([0, 1], [1, -1]), law([0, 1], [2, 1])], (x, y, z) => (x * y) / z, 0.03],
    [
      'two invariances of two kinds',
      [law([0, 1], [1, 1], [2, 1]), law([0, 1, 'shift'], [1, -2, 'shift'])],
      (x, y, z) => (2 * x + y) / z,
      0.03,
    ],
  ])('agrees with neighbours in the visible combination: %s', (_, invariances, visible, tolerance) => {
    const parameters = [a, b, h];
    const best = bestPossibleScores({ parameters }, { invisible: [], invariances }, { draws: 200_000 });
    const random = randomStream(5);
    const drawn = Array.from({ length: 200_000 }, () => {
      const p = parameters.map(({ min, max }) => min + (max - min) * uniformFloat64(random));
      return { p, seen: visible(p[0], p[1], p[2]) };
    }).sort((one, other) => one.seen - other.seen);
    const bin = 200;
    const tied = new Set(invariances.flatMap(({ terms }) => terms.map(({ index }) => index)));
    for (const [j, { min, max }] of parameters.entries()) {
      if (!tied.has(j)) {
        expect(best.perParameter[j]).toMatchObject({ r2: 1, mae: 0 });
        continue;
      }
      let [mse, mae] = [0, 0];
      for (let from = 0; from < drawn.length; from += bin) {
        const values = drawn.slice(from, from + bin).map(({ p }) => (p[j] - min) / (max - min));
        const mean = values.reduce((sum, value) => sum + value, 0) / bin;
        const middle = [...values].sort((x, y) => x - y)[bin / 2];
        mse += values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (bin - 1);
        mae += values.reduce((sum, value) => sum + Math.abs(value - middle), 0) / bin;
      }
      const bins = drawn.length / bin;
      expect(Math.abs(best.perParameter[j].r2 - (1 - (12 * mse) / bins))).toBeLessThan(tolerance);
      expect(Math.abs(best.perParameter[j].mae - mae / bins)).toBeLessThan(tolerance);
    }
  });

  it('refuses what it cannot work with', () => {
    expect(() => bestPossibleScores(spiralCylinder, { invisible: ['size'], invariances: [] })).toThrow(
      'unknown parameter; expected one of radius, height, twist_amp, twist_freq, wave_amp, wave_freq, got "size"',
    );
    expect(() => bestPossibleScores(spiralCylinder, studyInvisible, { draws: 1.5 })).toThrow('draws is wrong');
  });
});

describe('lawPosterior', () => {
  it('has the mean and median that integrating its density gives', () => {
    const at = [1.2, 2.1, 1, 2, 0.3, 2.2];
    const ranges = spiralCylinder.parameters;
    for (const tested of [
      studyLaw,
      law([0, 1], [1, -1]),
      law([0, 1], [2, 0.4, 'shift']),
      law([0, 2], [1, 1], [5, -3]),
    ]) {
      const posterior = lawPosterior(tested, at, ranges);
      const [from, to] = invarianceInterval(tested, at, ranges);
      expect(from).toBeLessThan(0);
      expect(to).toBeGreaterThan(0);
      const [means, medians] = [new Float64Array(6), new Float64Array(6)];
      posteriorMeans(tested, at, posterior, means);
      posteriorMedians(tested, at, posterior, medians);
      const steps = 20_000;
      for (const { index, kind, rate } of tested.terms) {
        let [mass, sum, below] = [0, 0, 0];
        for (let i = 0; i < steps; i++) {
          const t = from + ((i + 0.5) * (to - from)) / steps;
          const weight = Math.exp(posterior.growth * t);
          const value = kind === 'shift' ? at[index] + rate * t : at[index] * Math.exp(rate * t);
          mass += weight;
          sum += weight * value;
          if (value < medians[index]) below += weight;
        }
        expect(means[index]).toBeCloseTo(sum / mass, 6);
        expect(below / mass).toBeCloseTo(0.5, 3);
      }
    }
  });

  it('copes with a factor that may take everything down to zero', () => {
    // Both from 0: the common factor has no lower end. Density ∝ e^(2t) up to `to`, so the mean of p is ⅔ of its greatest value.
    const ranges = [parameter('a', 0, 1), parameter('b', 0, 1)];
    const both = law([0, 1], [1, 1]);
    const posterior = lawPosterior(both, [0.4, 0.2], ranges);
    const [means, medians] = [new Float64Array(2), new Float64Array(2)];
    posteriorMeans(both, [0.4, 0.2], posterior, means);
    posteriorMedians(both, [0.4, 0.2], posterior, medians);
    expect([...means]).toEqual([expect.closeTo(2 / 3, 12), expect.closeTo(1 / 3, 12)]);
    expect(medians[0]).toBeCloseTo(Math.SQRT1_2, 12);
  });
});
