import { cameraRotation } from '@kanrecon/render';
import { randomStream } from '@kanrecon/scene';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { describe, expect, it } from 'vitest';
import { anglesOf, turnCamera } from './turn-camera.js';

const random = randomStream(1);
const between = (from: number, to: number) => from + (to - from) * uniformFloat64(random);
const anyAngles = () => ({ x: between(-3, 3), y: between(-3, 3), z: between(-3, 3) });

type Matrix = readonly number[];
const product = (a: Matrix, b: Matrix): number[] =>
  a.map((_, i) => [0, 1, 2].reduce((sum, k) => sum + a[3 * Math.floor(i / 3) + k]! * b[3 * k + (i % 3)]!, 0));
const rotation = (angles: ReturnType<typeof anyAngles>) => Array.from(cameraRotation(angles));

/** exp of a rotation vector's cross product, by its series: nothing of Rodrigues' formula. */
function exponential([x, y, z]: readonly [number, number, number]): number[] {
  const cross = [0, -z, y, z, 0, -x, -y, x, 0];
  let term: number[] = [1, 0, 0, 0, 1, 0, 0, 0, 1];
  const sum = [...term];
  for (let k = 1; k < 40; k++) {
    term = product(term, cross).map((value) => value / k);
    for (let i = 0; i < 9; i++) sum[i]! += term[i]!;
  }
  return sum;
}

function expectNear(found: Matrix, expected: Matrix, digits = 12) {
  for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, digits);
}

describe('turnCamera', () => {
  it('turns about its own axes: R · exp(turn), also by large angles', () => {
    for (let k = 0; k < 50; k++) {
      const angles = anyAngles();
      const turn = [between(-2, 2), between(-2, 2), between(-2, 2)] as const;
      expectNear(rotation(turnCamera(angles, turn)), product(rotation(angles), exponential(turn)));
    }
  });

  it('turns even where y is a right angle, of which two angles are one', () => {
    for (const y of [Math.PI / 2, -Math.PI / 2]) {
      const angles = { x: 0.4, y, z: 1.1 };
      const turn = [0.01, -0.02, 0.03] as const;
      expectNear(rotation(turnCamera(angles, turn)), product(rotation(angles), exponential(turn)), 9);
    }
  });

  it('by nothing leaves the angles as they are', () => {
    const angles = { x: 4, y: 5, z: 6 };
    expect(turnCamera(angles, [0, 0, 0])).toEqual(angles);
  });
});

describe('anglesOf', () => {
  it('gives angles of the same orientation', () => {
    for (let k = 0; k < 50; k++) {
      const matrix = rotation(anyAngles());
      const angles = anglesOf(matrix);
      expectNear(rotation(angles), matrix);
      expect(Math.abs(angles.y)).toBeLessThanOrEqual(Math.PI / 2);
    }
    for (const y of [Math.PI / 2, -Math.PI / 2]) {
      const matrix = rotation({ x: 0.7, y, z: -0.2 });
      const angles = anglesOf(matrix);
      expect(angles.z).toBe(0);
      expectNear(rotation(angles), matrix, 9);
    }
  });
});
