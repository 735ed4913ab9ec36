import { expect, it } from 'vitest';
import { describeRefined } from './describe-refined.js';
import type { RefinedJson } from './refined-json.js';

const estimate = (mean: number, low: number, high: number) => ({
  ...{ mean, median: mean, interval50: [mean, mean], interval90: [low, high] },
});
const verdicts = {
  found: 'The image shows it.',
  doubtful: 'It may show it.',
  foreign: 'It shows something else.',
} as const;
const refined = (kind: keyof typeof verdicts): RefinedJson => ({
  found: kind === 'found',
  settled: kind === 'found',
  verdict: { kind, score: 0.1, sentence: verdicts[kind] },
  parameters: {},
  at_range_end: ['height'],
  calibrated: false,
  estimates: {
    radius: { ...estimate(0.71234, 0.7, 0.7251), told: true },
    height: { ...estimate(1.0123, 1, 1.03), told: true },
    twist: { ...estimate(1.5, 0.6, 2.4), told: false },
    length: { ...estimate(2, 2, 2), told: true },
  },
  combinations: { 'height/radius': estimate(1.42, 1.41, 1.43) },
  camera_angles: { x_angle: 50, y_angle: 0, z_angle: 0 },
  base_color: [0.5, 0.5, 0.5],
  misfit: { chi_squared: 1, rms: 2, unexplained: 0.1, hidden: 0, cut: 0 },
  renderings: 10,
  started_from: 'network',
});

it('shows parameters and combinations with their intervals, and what the image does not tell', () => {
  const lines = describeRefined('a.png', refined('found')).split('\n');
  expect(lines[0]).toBe('a.png: The image shows it.');
  expect(lines[1]).toMatch(/^parameter +estimate +90 % interval$/);
  expect(lines.slice(3).map((line) => line.split(/ {2,}/))).toEqual([
    ['radius', '0.712', '0.700 to 0.725'],
    ['height', '1.012 (at the end of its range)', '1.000 to 1.030'],
    ['twist', 'cannot be told from this image'],
    ['length', '2.000', 'known'],
    ['height/radius', '1.420', '1.410 to 1.430'],
  ]);
});

it('gives no intervals where the image is explained in part, and no numbers where it is not', () => {
  const doubtful = describeRefined('a.png', refined('doubtful'));
  expect(doubtful).toContain('a.png: It may show it.');
  expect(doubtful).toMatch(/^radius +about 0\.71$/m);
  expect(doubtful).not.toMatch(/ to |interval/);
  expect(describeRefined('a.png', refined('foreign'))).toBe('a.png: It shows something else.');
});
