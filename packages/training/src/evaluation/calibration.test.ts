import type { VisibleCombination } from '@kanrecon/identifiability';
import type { JsonValue } from '@kanrecon/model';
import { describe, expect, it } from 'vitest';
import { calibratedIntervals } from './calibrated-intervals.js';
import { calibrate, storedCalibration } from './calibration.js';
import { combinationEstimates } from './combination-estimates.js';
import { scoreCoverage } from './score-coverage.js';

const parameters = [
  { name: 'radius', min: 0.5, max: 1.5 },
  { name: 'height', min: 1, max: 3 },
];
const part = (index: number, power: number) => ({
  kind: 'factor' as const,
  offset: 0,
  parts: [{ parameter: parameters[index]!.name, index, weight: 1 }],
  power,
});
const ratio = { name: 'height/radius', terms: [part(1, 1), part(0, -1)] } as unknown as VisibleCombination;

/** A network that is twice as sure as it should be, and knows which images are hard. */
function images(n: number, seed: number) {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  const real = Float32Array.from({ length: 2 * n }, random);
  const spread = real.map(() => 0.01 + 0.05 * random());
  return { real, spread, mean: real.map((value, i) => value + 2 * spread[i]! * normal()) };
}

describe('a calibration', () => {
  const calibration = calibrate(parameters, [ratio], images(2000, 1));

  it('makes the intervals of fresh images hold what they promise, of parameters and of what shows of them together', () => {
    const rows = scoreCoverage(calibration, parameters, [ratio], images(4000, 2));
    expect(rows.map(({ name }) => name)).toEqual(['radius', 'height', 'height/radius']);
    for (const { name, levels } of rows) {
      expect(Math.abs(levels['50']!.coverage - 0.5), name).toBeLessThan(0.04);
      expect(Math.abs(levels['90']!.coverage - 0.9), name).toBeLessThan(0.03);
    }
    // Normal errors of twice the spread: 2 · .674 and 2 · 1.645.
    for (const [half, most] of calibration.parameters['radius']!.factors) {
      expect(half!).toBeCloseTo(1.35, 0);
      expect(most!).toBeCloseTo(3.29, 0);
    }
  });

  it('gives intervals in units, within the ranges', () => {
    const found = calibratedIntervals(calibration, parameters, [0.5, 0.99], [0.02, 0.05]);
    const [low, high] = found['radius']!['90']!;
    expect(low + high).toBeCloseTo(2, 6);
    expect(high - low).toBeCloseTo(2 * 0.02 * 3.29, 1);
    expect(found['height']!['90']![1]).toBe(3);
    expect(found['height']!['50']![0]).toBeLessThan(3);
    const few = calibrate(parameters, [], images(4, 1));
    expect(calibratedIntervals(few, parameters, [0.5, 0.5], [0.1, 0.1])['radius']!['90']).toEqual([0.5, 1.5]);
  });

  it('is read from a card, if it fits', () => {
    const json = JSON.parse(JSON.stringify(calibration)) as JsonValue;
    expect(storedCalibration(json, parameters)).toEqual(calibration);
    expect(storedCalibration(undefined, parameters)).toBeUndefined();
    expect(storedCalibration(json, [{ name: 'twist' }])).toBeUndefined();
    const { parameters: factors, ...rest } = calibration;
    const wrong = { ...rest, parameters: { ...factors, radius: { edges: [1], factors: [[1, 2]] } } };
    expect(storedCalibration(wrong as unknown as JsonValue, parameters)).toBeUndefined();
    const short = { ...rest, parameters: { ...factors, radius: { edges: [], factors: [[1]] } } };
    expect(storedCalibration(short as unknown as JsonValue, parameters)).toBeUndefined();
  });
});

it('combinations are as sure as their slopes say', () => {
  const found = combinationEstimates(parameters, [ratio], Float32Array.of(0.5, 0.5), Float32Array.of(0.01, 0.02));
  // radius 1 ± .01, height 2 ± .04: 2 ± √(.04² + .02²).
  expect(found[0]!.values[0]).toBeCloseTo(2, 6);
  expect(found[0]!.spreads[0]).toBeCloseTo(Math.hypot(0.04, 0.02), 5);
});
