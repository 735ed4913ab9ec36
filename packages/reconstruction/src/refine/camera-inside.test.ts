import { cameraRotation } from '@kanrecon/render';
import { randomStream, sceneByName } from '@kanrecon/scene';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { describe, expect, it } from 'vitest';
import { cameraInside } from './camera-inside.js';

const { camera: ranges } = sceneByName('study');
const round = { x: [0, 2 * Math.PI], y: [0, 2 * Math.PI], z: [0, 2 * Math.PI] } as const;
const random = randomStream(2);
const between = (from: number, to: number) => from + (to - from) * uniformFloat64(random);

function expectInside(angles: ReturnType<typeof cameraInside>, { x, y, z }: typeof round | typeof ranges) {
  for (const [value, [min, max]] of [
    [angles.x, x],
    [angles.y, y],
    [angles.z, z],
  ] as const) {
    expect(value).toBeGreaterThanOrEqual(min - 1e-12);
    expect(value).toBeLessThanOrEqual(max + 1e-12);
  }
}

describe('cameraInside', () => {
  it('finds the triple inside the ranges of the same orientation, whichever of the two it is', () => {
    for (let k = 0; k < 100; k++) {
      const angles = { x: between(...ranges.x), y: between(0, 6.28), z: between(0, 6.28) };
      const other = { x: angles.x - Math.PI, y: Math.PI - angles.y, z: angles.z + 3 * Math.PI };
      for (const given of [angles, other]) {
        const found = cameraInside(given, ranges);
        expectInside(found, ranges);
        const [is, was] = [cameraRotation(found), cameraRotation(given)];
        for (let i = 0; i < 9; i++) expect(is[i]).toBeCloseTo(was[i]!, 12);
      }
    }
  });

  it('brings what lies outside to the nearest end, on the side that is nearer', () => {
    const [min, max] = ranges.x;
    expect(cameraInside({ x: max + 0.1, y: 1, z: 2 }, ranges)).toEqual({ x: max, y: 1, z: 2 });
    expect(cameraInside({ x: min - 0.1, y: 1, z: 2 }, ranges).x).toBeCloseTo(min, 12);
    // As the other triple it is .1 outside, as the one it came as nearly half a turn.
    const other = cameraInside({ x: max + 0.1 - Math.PI, y: Math.PI - 1, z: 2 }, ranges);
    expect(other.x).toBeCloseTo(max, 12);
    expect(other.y).toBeCloseTo(1, 12);
  });

  it('keeps a fixed angle fixed, and turns of a full circle whole', () => {
    const fixed = cameraInside({ x: 1, y: 2, z: 3 }, { ...round, z: [0.5, 0.5] });
    expect(fixed.z).toBe(0.5);
    const found = cameraInside({ x: 20, y: -20, z: 100 }, round);
    expectInside(found, round);
    for (const [a, b] of [
      [found.x, 20],
      [found.y, -20],
      [found.z, 100],
    ] as const) {
      expect(Math.cos(a - b)).toBeCloseTo(1, 12);
    }
  });
});
