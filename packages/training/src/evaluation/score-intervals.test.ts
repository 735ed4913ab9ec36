import { randomStream } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { describeIntervals, scoreIntervals } from './score-intervals.js';
import { scorePredictions } from './score-predictions.js';

/** Numbers in [0, 1). */
function uniform(seed: number) {
  const random = randomStream(99, seed);
  return () => (random.next() >>> 0) / 2 ** 32;
}

/** Targets and predictions of two parameters; a shape's views have the same error. */
function experiment(seed: number, shapes: number, views: number) {
  const next = uniform(seed);
  const rows = Array.from({ length: shapes }, (_, shape) => {
    const values = [next(), next()];
    const errors = [0.4 * next() - 0.2, 0.1 * next()];
    return Array.from({ length: views }, () => ({ shape, values, found: values.map((y, j) => y + errors[j]!) }));
  }).flat();
  return {
    shapes: rows.map(({ shape }) => shape),
    targets: Float32Array.from(rows.flatMap(({ values }) => values)),
    predictions: Float32Array.from(rows.flatMap(({ found }) => found)),
  };
}

const names = ['a', 'b'];
const intervalsOf = (seed: number, shapes: number, views: number) => {
  const { shapes: of, targets, predictions } = experiment(seed, shapes, views);
  return scoreIntervals(names, of, targets, predictions, ['a'])!;
};

describe('scoreIntervals', () => {
  it('agrees with the formula for a mean', () => {
    const { shapes, targets, predictions } = experiment(1, 200, 1);
    const errors = shapes.map((_, row) => Math.abs(predictions[2 * row]! - targets[2 * row]!));
    const mean = errors.reduce((sum, value) => sum + value, 0) / errors.length;
    const variance = errors.reduce((sum, value) => sum + (value - mean) ** 2, 0) / errors.length;
    const [low, high] = intervalsOf(1, 200, 1).perParameter[0]!.mae;
    const half = 1.96 * Math.sqrt(variance / errors.length);
    expect((low + high) / 2).toBeCloseTo(mean, 3);
    expect((high - low) / 2 / half).toBeGreaterThan(0.94);
    expect((high - low) / 2 / half).toBeLessThan(1.06);
  });

  it('holds the scores, and those of the means', () => {
    const { targets, predictions } = experiment(2, 80, 3);
    const parameters = names.map((name) => ({ name, min: 0, max: 1 }));
    const scores = scorePredictions(parameters, targets, predictions, ['a']);
    const { perParameter, visible, all } = intervalsOf(2, 80, 3);
    const pairs = [
      [scores.perParameter[0]!, perParameter[0]!],
      [scores.perParameter[1]!, perParameter[1]!],
      [scores.perParameter[0]!, visible!],
      [scores, all],
    ] as const;
    for (const [score, interval] of pairs) {
      for (const measure of ['mae', 'mse', 'rmse', 'r2'] as const) {
        const [low, high] = interval[measure];
        expect(score[measure]).toBeGreaterThan(low);
        expect(score[measure]).toBeLessThan(high);
      }
    }
  });

  it('does not take views of one shape for news', () => {
    const [one, five] = [intervalsOf(3, 60, 1), intervalsOf(3, 60, 5)];
    expect(five.shapes).toBe(60);
    five.perParameter.forEach(({ r2 }, j) => {
      r2.forEach((end, k) => {
        expect(end).toBeCloseTo(one.perParameter[j]!.r2[k]!, 6);
      });
    });
  });

  it('holds the true mean in about 95 of 100 experiments', () => {
    // |error| of a is uniform over [0, 0.2].
    const held = Array.from({ length: 200 }, (_, seed) => intervalsOf(100 + seed, 50, 1).perParameter[0]!.mae);
    const count = held.filter(([low, high]) => low < 0.1 && high > 0.1).length;
    expect(count).toBeGreaterThan(180);
    expect(count).toBeLessThan(199);
  });

  it('says nothing where there are fewer than ten shapes', () => {
    const { shapes, targets, predictions } = experiment(4, 9, 20);
    expect(scoreIntervals(names, shapes, targets, predictions, [])).toBeUndefined();
    expect(describeIntervals(undefined)).toBe('Fewer than 10 shapes: too few to say how far the scores hang on them.');
    expect(intervalsOf(4, 10, 2).visible).not.toBeNull();
    expect(describeIntervals(intervalsOf(4, 10, 2))).toContain('which 10 shapes the images show');
  });
});
