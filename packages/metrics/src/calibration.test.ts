import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverageByWidth } from './coverage-by-width.js';
import { falseAlarmThreshold } from './false-alarm-threshold.js';
import { intervalCoverage } from './interval-coverage.js';
import { rocAuc } from './roc-auc.js';

/** n intervals around 0 of which the truths of the first k lie inside. */
function withHits(k: number, n: number) {
  const truths = Float64Array.from({ length: n }, (_, i) => (i < k ? 1 : 1.5));
  return [truths, new Float64Array(n).fill(-1), new Float64Array(n).fill(1)] as const;
}

describe('intervalCoverage', () => {
  // scipy 1.10: binomtest(k, n).proportion_ci(method='wilson')
  it.each([
    [0, 10, 0, 0.27753279986288926],
    [10, 10, 0.7224672001371109, 1],
    [9, 10, 0.5958499732047615, 0.9821237869049271],
    [87, 100, 0.7901964855992357, 0.9224283257275948],
    [1, 1, 0.20654931437723745, 1],
    [950, 1000, 0.9346861797557491, 0.9618697376072511],
  ])("has scipy's Wilson interval for %i of %i", (k, n, lower, upper) => {
    const found = intervalCoverage(...withHits(k, n));
    expect(found).toMatchObject({ coverage: k / n, samples: n, meanWidth: 2 });
    expect(found.lower).toBeCloseTo(lower, 12);
    expect(found.upper).toBeCloseTo(upper, 12);
  });

  it('counts the ends as inside, and intervals of no width', () => {
    expect(intervalCoverage([0, 1, 2, 2], [0, 0, 2, 3], [1, 1, 2, 3]).coverage).toBe(0.75);
  });

  it('refuses what is no interval', () => {
    expect(() => intervalCoverage([], [], [])).toThrow(
      'intervalCoverage: truths is empty; expected at least one number, got 0',
    );
    expect(() => intervalCoverage([1, Number.NaN], [0, 0], [1, 1])).toThrow(
      'intervalCoverage: number 1 of truths must be a finite number, got NaN',
    );
    expect(() => intervalCoverage([1], [0], [Number.POSITIVE_INFINITY])).toThrow('number 0 of upper must be');
    expect(() => intervalCoverage([1, 2], [0], [1, 1])).toThrow(
      'intervalCoverage: truths and lower have different lengths; expected 2, got 1',
    );
    expect(() => intervalCoverage([1, 2], [0, 3], [1, 2])).toThrow(
      'intervalCoverage: interval 1 ends before it begins; expected lower ≤ upper, got 3 and 2',
    );
    expect(() => intervalCoverage(undefined as never, [0], [1])).toThrow('truths must be an array of numbers');
    expect(() => intervalCoverage([null] as never, [0], [1])).toThrow('number 0 of truths');
  });
});

describe('coverageByWidth', () => {
  it('groups by width, narrow ones first, in groups that differ by one at most', () => {
    // Widths 7, 1, 3, 5, 2, 6, 4; the truths of the three narrowest lie outside.
    const upper = [7, 1, 3, 5, 2, 6, 4];
    const truths = upper.map((end) => (end <= 3 ? end + 1 : end / 2));
    const lower = upper.map(() => 0);
    const groups = coverageByWidth(truths, lower, upper, 3);
    expect(groups.map(({ samples }) => samples)).toEqual([2, 3, 2]);
    expect(groups.map(({ minWidth, maxWidth }) => [minWidth, maxWidth])).toEqual([
      [1, 2],
      [3, 5],
      [6, 7],
    ]);
    expect(groups.map(({ coverage }) => coverage)).toEqual([0, 2 / 3, 1]);
    expect(groups.map(({ meanWidth }) => meanWidth)).toEqual([1.5, 4, 6.5]);
    expect(groups[2].lower).toBeCloseTo(0.34238, 5);
  });

  it('never parts intervals of the same width', () => {
    const upper = [1, 2, 2, 2, 2, 3];
    const groups = coverageByWidth(upper, [0, 0, 0, 0, 0, 0], upper, 3);
    expect(groups.map(({ samples }) => samples)).toEqual([5, 1]);
    expect(coverageByWidth(...withHits(3, 10), 4)).toHaveLength(1);
  });

  it('has every sample in one group, whatever the order', () => {
    const sample = fc.record({ truth: fc.integer({ min: 0, max: 9 }), width: fc.integer({ min: 0, max: 9 }) });
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1 }), fc.integer({ min: 1, max: 5 }), (list, wanted) => {
        const groups = Math.min(wanted, list.length);
        const of = (samples: typeof list) => {
          const upper = samples.map(({ width }) => width);
          return [samples.map(({ truth }) => truth), upper.map(() => 0), upper] as const;
        };
        const found = coverageByWidth(...of(list), groups);
        const whole = intervalCoverage(...of(list));
        expect(found.reduce((sum, { samples }) => sum + samples, 0)).toBe(list.length);
        const hits = found.reduce((sum, { coverage, samples }) => sum + coverage * samples, 0);
        expect(hits).toBeCloseTo(whole.coverage * list.length, 9);
        for (let k = 1; k < found.length; k++) expect(found[k].minWidth).toBeGreaterThan(found[k - 1].maxWidth);
        expect(coverageByWidth(...of([...list].reverse()), groups)).toEqual(found);
        expect(coverageByWidth(...of(list), 1)).toEqual([expect.objectContaining(whole)]);
      }),
    );
  });

  it('refuses numbers of groups that cannot be', () => {
    for (const groups of [0, 1.5, 4, Number.NaN]) {
      expect(() => coverageByWidth([1, 2, 3], [0, 0, 0], [1, 2, 3], groups)).toThrow(
        `coverageByWidth: groups is wrong; expected a whole number from 1 to 3, one per sample at most, got ${groups}`,
      );
    }
  });
});

describe('rocAuc', () => {
  it('gives the numbers of scikit-learn 1.2.1', () => {
    const positives = [2.8, 1.4, 2, 3.2, 2.9, 0, 2, 0.8, 0.9, 1.4, 1.1, 2.5];
    const negatives = [0.8, 0.1, 0.4, 0.3, 1.5, -0.2, 0.3, -0.9, -2.6, 0.7, 0.9, -0.7, 2.3, -1.5, 0];
    expect(rocAuc(positives, negatives)).toBeCloseTo(0.8694444444444445, 15);
    expect(rocAuc([0.1, 0.4, 0.4, 0.8], [0.4, 0.1, 0.2, 0.4, 0.4])).toBe(0.625);
  });

  it('is the share of pairs in order, ties half', () => {
    const scores = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1 });
    fc.assert(
      fc.property(scores, scores, (positives, negatives) => {
        let pairs = 0;
        for (const p of positives) for (const n of negatives) pairs += p > n ? 1 : p === n ? 0.5 : 0;
        const area = rocAuc(positives, negatives);
        expect(area).toBe(pairs / (positives.length * negatives.length));
        expect(rocAuc(negatives, positives)).toBeCloseTo(1 - area, 12);
      }),
    );
  });

  it('leaves its arguments as they are, and is quick', () => {
    const scores = Float64Array.from({ length: 50_000 }, (_, i) => (i * 7919) % 50_021);
    const copy = scores.slice();
    expect(rocAuc(scores, scores)).toBe(0.5);
    expect(scores).toEqual(copy);
  });

  it('refuses what has no area', () => {
    expect(() => rocAuc([], [1])).toThrow('rocAuc: positives is empty; expected at least one number, got 0');
    expect(() => rocAuc([1], [])).toThrow('rocAuc: negatives is empty');
    expect(() => rocAuc([1], [Number.NaN])).toThrow('rocAuc: number 0 of negatives must be a finite number, got NaN');
  });
});

describe('falseAlarmThreshold', () => {
  const hundred = Array.from({ length: 99 }, (_, i) => ((i * 37) % 99) + 1);

  it('is the ⌈(n + 1)(1 − share)⌉-th smallest', () => {
    expect(falseAlarmThreshold(hundred, 0.05)).toBe(95);
    expect(falseAlarmThreshold(hundred, 0.01)).toBe(99);
    // .29 · 100 is 28.999999999999996 in doubles.
    expect(falseAlarmThreshold(hundred, 0.29)).toBe(71);
    expect(falseAlarmThreshold(hundred, 0.999)).toBe(1);
    expect(falseAlarmThreshold([5, 5, 5, 1], 0.5)).toBe(5);
  });

  it('is never reached where there are too few scores for the share', () => {
    expect(falseAlarmThreshold(hundred, 0.009)).toBe(Number.POSITIVE_INFINITY);
    expect(falseAlarmThreshold([1], 0.49)).toBe(Number.POSITIVE_INFINITY);
    expect(falseAlarmThreshold([1], 0.5)).toBe(1);
  });

  it('is exceeded by one score more with no more than that probability', () => {
    // Of n + 1 scores each is the new one equally often.
    const scores = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(scores, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (all, share) => {
        const alarms = all.filter((score, i) => score > falseAlarmThreshold(all.toSpliced(i, 1), share));
        expect(alarms.length).toBeLessThanOrEqual(share * all.length + 1e-9);
      }),
    );
  });

  it('refuses shares that are none', () => {
    for (const share of [0, 1, -0.1, Number.NaN]) {
      expect(() => falseAlarmThreshold([1], share)).toThrow(
        `falseAlarmThreshold: share is wrong; expected a number above 0 and below 1, got ${share}`,
      );
    }
    expect(() => falseAlarmThreshold([], 0.5)).toThrow('falseAlarmThreshold: negatives is empty');
  });
});
