import { expect, it } from 'vitest';
import { scoreAxisMin } from './score-axis-min.js';

it.each<[string, number[][], number]>([
  ['nothing', [[], []], 0],
  ['good scores', [[0.1, 0.5]], 0],
  ['scores a little below 0', [[-0.13, 0.5]], -0.2],
  ['a tenth stays one', [[-0.3, 0.5]], -0.3],
  ['early epochs far below are left out', [[-9, 0.1, 0.2]], -0.4],
  ['a single epoch far below is shown', [[-5.2]], -5.5],
  [
    'a curve that stays far below is shown by half',
    [
      [0.1, 0.2, 0.3],
      [-60, -13, -12],
    ],
    -15,
  ],
])('%s', (_, curves, min) => {
  expect(scoreAxisMin(curves)).toBe(min);
});

it('has at least half of each curve in sight, whatever the numbers', () => {
  for (let scale = 0.01; scale < 1e7; scale *= 3.7) {
    const curves = [5, 6].map((count) =>
      Array.from({ length: count }, (_, i) => Math.sin(5 * i + scale) * scale - scale / 2),
    );
    const min = scoreAxisMin(curves);
    for (const values of curves) {
      expect(values.filter((value) => value >= min).length).toBeGreaterThanOrEqual(values.length / 2);
    }
  }
});
