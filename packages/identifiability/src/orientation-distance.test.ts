import type { ParametricSurface } from '@kanrecon/geometry';
import { type Range, sceneByName, sceneWith } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { cameraVisibility } from './camera-visibility.js';
import { orientationDistance } from './orientation-distance.js';

type Angles = Parameters<typeof orientationDistance>[1];
type Matrix = readonly (readonly number[])[];

const times = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => [0, 1, 2].map((j) => row[0] * b[0][j] + row[1] * b[1][j] + row[2] * b[2][j]));
const [cos, sin] = [Math.cos, Math.sin];
const rotation = ({ x, y, z }: Angles): Matrix =>
  times(
    times(
      [
        [cos(z), -sin(z), 0],
        [sin(z), cos(z), 0],
        [0, 0, 1],
      ],
      [
        [cos(y), 0, sin(y)],
        [0, 1, 0],
        [-sin(y), 0, cos(y)],
      ],
    ),
    [
      [1, 0, 0],
      [0, cos(x), -sin(x)],
      [0, sin(x), cos(x)],
    ],
  );

/** The angle of Ra·Rbᵀ from its trace. */
function plainAngle(a: Angles, b: Angles): number {
  const [ra, rb] = [rotation(a), rotation(b)];
  let trace = 0;
  for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) trace += ra[i][j] * rb[i][j];
  return Math.acos(Math.min(1, Math.max(-1, (trace - 1) / 2)));
}

/** The least angle with the named angles of both at `steps` places each. */
function denseSearch(a: Angles, b: Angles, free: readonly ('x' | 'y' | 'z')[], steps: number): number {
  const [angle, ...rest] = free;
  if (angle === undefined) return plainAngle(a, b);
  let least = Math.PI;
  for (let k = 0; k < steps; k++) {
    const turned = { ...a, [angle]: a[angle] + (2 * Math.PI * k) / steps };
    // x and z count as differences; of y both matter.
    if (angle !== 'y') least = Math.min(least, denseSearch(turned, b, rest, steps));
    else {
      for (let i = 0; i < steps; i++) {
        const other = { ...b, y: b.y + (2 * Math.PI * i) / steps };
        least = Math.min(least, denseSearch(turned, other, rest, steps));
      }
    }
  }
  return least;
}

const pairs: [Angles, Angles][] = [
  [
    { x: 0.7, y: 1, z: 2 },
    { x: 1.1, y: 4, z: 5.5 },
  ],
  [
    { x: 0.55, y: 3.1, z: 0.2 },
    { x: 0.6, y: 3.4, z: 3.9 },
  ],
  [
    { x: 1.2, y: 6, z: 6.2 },
    { x: 0.9, y: 0.1, z: 0.1 },
  ],
  [
    { x: 0.8, y: 1.6, z: 4 },
    { x: 0.9, y: 1.5, z: 1 },
  ],
];

const study = sceneByName('study');
const ball: ParametricSurface = {
  name: 'ball',
  description: 'A ball.',
  parameters: [{ name: 'radius', min: 1, max: 2, unit: 'units', label: 'radius' }],
  closedU: true,
  closedV: false,
  domain: () => ({ uMin: 0, uMax: 2 * Math.PI, vMin: 0, vMax: Math.PI }),
  position(u, v, parameters, out, offset = 0) {
    const radius = parameters[0];
    out[offset] = radius * sin(v) * cos(u);
    out[offset + 1] = radius * sin(v) * sin(u);
    out[offset + 2] = radius * cos(v);
  },
};

/** A ball in light from all around shows no angle; those that are not named have a single value. */
function ballScene(free: readonly ('x' | 'y' | 'z')[]) {
  const range = (angle: 'x' | 'y' | 'z'): Range => [0, free.includes(angle) ? 2 * Math.PI : 0];
  const camera = { x: range('x'), y: range('y'), z: range('z') };
  return sceneWith(study, { surface: ball, light: { strength: [0, 0] }, camera });
}

describe('orientationDistance', () => {
  it('is the angle between orientations where all angles show', () => {
    for (const [a, b] of pairs) {
      expect(orientationDistance(sceneByName('observable'), a, b)).toBeCloseTo(plainAngle(a, b), 10);
    }
    const a = { x: 0.7, y: 1, z: 2 };
    expect(orientationDistance(sceneByName('observable'), a, a)).toBe(0);
    expect(orientationDistance(sceneByName('observable'), a, { ...a, z: 2 + 1e-9 })).toBeCloseTo(1e-9, 15);
    expect(orientationDistance(sceneByName('observable'), a, { ...a, z: 2 + 2 * Math.PI })).toBeCloseTo(0, 12);
  });

  it('is the least over all turns about z where z does not show', () => {
    for (const [a, b] of pairs) {
      const found = orientationDistance(study, a, b);
      expect(found).toBeCloseTo(denseSearch(a, b, ['z'], 5000), 5);
      expect(orientationDistance(study, b, a)).toBeCloseTo(found, 12);
      expect(orientationDistance(study, { ...a, z: 0 }, { ...b, z: 3 })).toBeCloseTo(found, 12);
    }
    expect(orientationDistance(study, { x: 1, y: 2, z: 3 }, { x: 1, y: 2, z: 5 })).toBeCloseTo(0, 12);
  });

  it('is the least over five turns where images repeat five times', () => {
    const fluted = sceneByName('fluted');
    for (const [a, b] of pairs) {
      expect(orientationDistance(fluted, a, b)).toBeCloseTo(denseSearch(a, b, ['z'], 5), 10);
    }
    const a = { x: 0.7, y: 1, z: 0.3 };
    expect(orientationDistance(fluted, a, { ...a, z: 0.3 + (4 * Math.PI) / 5 })).toBeCloseTo(0, 12);
    expect(orientationDistance(fluted, a, { ...a, z: 0.4 + (4 * Math.PI) / 5 })).toBeCloseTo(0.1, 12);
  });

  it.each([
    [['x'], 720],
    [['y'], 90],
    [['x', 'z'], 90],
    [['x', 'y'], 24],
    [['y', 'z'], 24],
  ] as const)('has a closed form where %s are hidden', (free, steps) => {
    const scene = ballScene(free);
    expect(cameraVisibility(scene).every(({ shows }) => !shows)).toBe(true);
    for (const [a, b] of pairs) {
      const [found, dense] = [orientationDistance(scene, a, b), denseSearch(a, b, free, steps)];
      expect(found).toBeLessThanOrEqual(dense + 1e-9);
      // Each of the searched angles is wrong by half a step at most.
      expect(dense - found).toBeLessThanOrEqual(
        (Math.PI / steps) * (free.length + (free.includes('y' as never) ? 1 : 0)),
      );
    }
  });

  it('keeps an angle of a single value: it is known', () => {
    const scene = sceneWith(study, { camera: { z: [0, 0] } });
    const [a, b] = pairs[0];
    expect(orientationDistance(scene, a, b)).toBeCloseTo(plainAngle(a, b), 10);
  });

  it('refuses what is no angle', () => {
    expect(() => orientationDistance(study, { x: 0, y: Number.NaN, z: 0 }, pairs[0][0])).toThrow(
      'orientationDistance: angles must be finite numbers in radians; expected {x, y, z}, got 0, NaN, 0',
    );
  });
});
