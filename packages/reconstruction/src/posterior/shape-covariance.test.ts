import { randomStream } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { normal } from '../random-normal.js';
import { solveDamped } from '../refine/solve-damped.js';
import { type NormalAxes, shapeCovariance } from './shape-covariance.js';

const [n, shape] = [7, 4];
const random = randomStream(8);
const jacobian = Float64Array.from({ length: 12 * n }, () => normal(random));
const information = Float64Array.from({ length: n * n }, (_, i) => {
  let sum = 0;
  for (let k = 0; k < 12; k++) sum += jacobian[k * n + Math.floor(i / n)]! * jacobian[k * n + (i % n)]!;
  return sum;
});
const prior = new Float64Array(n).fill(0.01);

/** The whole inverse, column by column, and its block. */
function inverse(): number[] {
  const columns = Array.from({ length: n }, (_, k) => {
    const unit = Float64Array.from({ length: n }, (_, i) => Number(i === k));
    return solveDamped(information, prior, unit, new Array<boolean>(n).fill(false))!;
  });
  return Array.from({ length: shape * shape }, (_, i) => columns[i % shape]![Math.floor(i / shape)]!);
}

const covariance = ({ axes, spreads }: NormalAxes): number[] =>
  Array.from({ length: shape * shape }, (_, i) =>
    axes.reduce((sum, axis, k) => sum + spreads[k]! ** 2 * axis[Math.floor(i / shape)]! * axis[i % shape]!, 0),
  );

describe('shapeCovariance', () => {
  it("is the shape's block of the whole inverse: camera and colour are free", () => {
    const before = information.slice();
    const found = covariance(shapeCovariance(information, prior, [], shape));
    for (const [i, value] of inverse().entries()) expect(found[i]).toBeCloseTo(value, 9);
    expect(information).toEqual(before);
  });

  it('is more than the inverse of the block, which would hold the camera fixed', () => {
    const block = shapeCovariance(information, prior, [], shape).spreads;
    const held = Float64Array.from(
      { length: shape * shape },
      (_, i) => information[Math.floor(i / shape) * n + (i % shape)]!,
    );
    const fixed = shapeCovariance(held, prior.slice(0, shape), [], shape).spreads;
    for (let k = 0; k < shape; k++) expect(block[k]).toBeGreaterThan(fixed[k]!);
  });

  it('leaves nothing open along a fixed direction, and across it what it was given that', () => {
    const direction = Float64Array.of(0.6, 0, -0.8, 0);
    const found = covariance(shapeCovariance(information, prior, [direction], shape));
    for (let i = 0; i < shape; i++) {
      const along = direction.reduce((sum, value, j) => sum + value * found[i * shape + j]!, 0);
      expect(along).toBeCloseTo(0, 4);
    }
    // Conditioning: Σ − Σ d dᵀ Σ / (dᵀ Σ d).
    const free = inverse();
    const row = (i: number) => direction.reduce((sum, value, j) => sum + value * free[i * shape + j]!, 0);
    const total = direction.reduce((sum, value, i) => sum + value * row(i), 0);
    for (let i = 0; i < shape; i++) {
      for (let j = 0; j < shape; j++) {
        expect(found[i * shape + j]).toBeCloseTo(free[i * shape + j]! - (row(i) * row(j)) / total, 3);
      }
    }
  });

  it('of an image that tells nothing is the prior alone', () => {
    const { spreads } = shapeCovariance(new Float64Array(n * n), prior, [], shape);
    expect(spreads.map((value) => value.toFixed(9))).toEqual(new Array(shape).fill('10.000000000'));
  });
});
