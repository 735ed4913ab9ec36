import { expect, it } from 'vitest';
import { cameraSpread } from './camera-spread.js';

const angle = { name: 'camera_x', min: 0.5, max: 1.5 };
const around = (name: string) => ['cos', 'sin'].map((part) => ({ name: `camera_${name}_${part}`, min: -1, max: 1 }));
/** Of −1 … 1. */
const shareOf = (value: number) => (value + 1) / 2;

it('is in radians, that of the angle that is least sure', () => {
  expect(cameraSpread([{ name: 'radius', min: 0, max: 1 }], [0.5], [0.1])).toBeUndefined();
  expect(cameraSpread([angle], [0.5], [0.02])).toBeCloseTo(0.02, 12);
  const numbers = [0.5, shareOf(Math.cos(1)), shareOf(Math.sin(1))];
  expect(cameraSpread([angle, ...around('z')], numbers, [0.02, 0.05, 0.05])).toBeCloseTo(0.1, 12);
  expect(cameraSpread([angle, ...around('5z')], numbers, [0.01, 0.05, 0.05])).toBeCloseTo(0.02, 12);
});

it('of cosine and sine it is how much the angle moves, by finite differences, and grows where they are small', () => {
  const [cos, sin] = [0.8 * Math.cos(2), 0.8 * Math.sin(2)];
  const spread = (a: number, b: number) => cameraSpread(around('y'), [shareOf(cos), shareOf(sin)], [a / 2, b / 2]);
  const step = 1e-6;
  const moved = (a: number, b: number) => Math.abs(Math.atan2(sin + b, cos + a) - 2);
  expect(spread(step, 0)).toBeCloseTo(moved(step, 0), 10);
  expect(spread(0, step)).toBeCloseTo(moved(0, step), 10);
  expect(cameraSpread(around('y'), [0.5, 0.5], [0.1, 0.1])).toBe(Math.PI);
});
