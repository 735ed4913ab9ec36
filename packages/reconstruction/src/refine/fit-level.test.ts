import { describe, expect, it } from 'vitest';
import { observable, refineCase } from '../../test/refine-cases.js';
import { sceneBounds } from './bounds.js';
import {
  compareGuess,
  differences,
  type Fitted,
  fitLevel,
  type Level,
  levelCost,
  normalEquations,
} from './fit-level.js';
import { freeDirections } from './free-directions.js';
import type { Guess } from './guess.js';
import { GuessRenderer } from './guess-renderer.js';
import { targetLevels } from './target-levels.js';
import { turnCamera } from './turn-camera.js';

const { image, view, truth } = refineCase(observable, 1, 32);
const coarseness = { share: 1, blur: 1, outlier: 1000, step: 0.5, central: true, iterations: 12 };
const level = targetLevels(image, [coarseness])[0]!;
const bounds = sceneBounds(observable);
const right: Guess = {
  shape: Float64Array.from(truth),
  cameraAngles: view.cameraAngles,
  tanHalfFov: view.tanHalfFov,
  baseColor: [0.5, 0.5, 0.5],
  light: view.light,
  background: [197, 197, 197],
};
const away: Guess = {
  ...right,
  shape: right.shape.map((value, i) => value + (i % 2 === 0 ? 0.05 : -0.05)),
  cameraAngles: turnCamera(view.cameraAngles, [0.05, -0.04, 0.05]),
};

function fitted(start: Guess, within = bounds): { steps: Fitted[]; last: Fitted } {
  const renderer = new GuessRenderer(observable);
  const fit = fitLevel(renderer, level, freeDirections(observable, within), compareGuess(renderer, level, start)!);
  const steps: Fitted[] = [];
  for (;;) {
    const { value, done } = fit.next();
    if (done) return { steps, last: value };
    steps.push(value);
  }
}

describe('fitLevel', () => {
  it('falls in each step, from a shape and a camera that are off to the right ones', () => {
    const before = compareGuess(new GuessRenderer(observable), level, away)!.cost;
    const { steps, last } = fitted(away);
    const costs = [before, ...steps.map(({ cost }) => cost)];
    for (let i = 1; i < costs.length; i++) expect(costs[i]).toBeLessThanOrEqual(costs[i - 1]!);
    expect(last.cost).toBeLessThan(0.01 * before);
    for (const [i, value] of truth.entries()) expect(Math.abs(last.guess.shape[i]! - value)).toBeLessThan(0.03);
  });

  it('never leaves the bounds, and stops at them where what is right lies beyond', () => {
    const [low, high] = [truth[0]! + 0.04, truth[0]! + 0.1];
    const within = { ...bounds, shape: bounds.shape.map((range, i) => (i === 0 ? ([low, high] as const) : range)) };
    const { steps, last } = fitted(away, within);
    for (const { guess } of steps) {
      expect(guess.shape[0]).toBeGreaterThanOrEqual(low);
      expect(guess.shape[0]).toBeLessThanOrEqual(high);
      for (const value of guess.shape) expect(value >= 0 && value <= 1).toBe(true);
    }
    expect(last.guess.shape[0]).toBeCloseTo(low, 6);
  });

  it('stays where it is right already', () => {
    const { last } = fitted(right);
    for (const [i, value] of truth.entries()) expect(Math.abs(last.guess.shape[i]! - value)).toBeLessThan(2e-3);
  });
});

describe('levelCost', () => {
  const small: Level = { ...level, target: Float32Array.of(10, 20), weights: Float32Array.of(1, 0.25) };
  it('is the mean square in variances where nothing counts as an outlier, and grows as a logarithm beyond', () => {
    expect(levelCost({ ...small, outlier: 1e4 }, Float32Array.of(13, 24))).toBeCloseTo((9 + 4) / 2, 4);
    const far = levelCost({ ...small, outlier: 2 }, Float32Array.of(1010, 20));
    expect(far).toBeCloseTo((4 * Math.log1p(1e6 / 4)) / 2, 6);
  });
});

describe('normalEquations', () => {
  it('are JᵀWJ and JᵀWr with weights that outliers lose; nothing stands where a direction has no derivative', () => {
    const target = Float32Array.of(1, 2, 3);
    const own: Level = { ...level, target, weights: Float32Array.of(1, 2, 4), outlier: 1 };
    const [a, b] = [Float32Array.of(1, -1, 2), Float32Array.of(3, 0.5, -2)];
    const { matrix, right: rhs } = normalEquations(own, Float32Array.of(0, 2, 5), [a, undefined, b]);
    // Residuals 1, 0, −2; weights 1 / (1 + 1), 2, 4 / (1 + 16).
    const w = [0.5, 2, 4 / 17];
    const r = [1, 0, -2];
    const product = (x: ArrayLike<number>, y: ArrayLike<number>) => w.reduce((sum, v, i) => sum + v * x[i]! * y[i]!, 0);
    const expected = [product(a, a), 0, product(a, b), 0, 0, 0, product(a, b), 0, product(b, b)];
    for (const [i, value] of expected.entries()) expect(matrix[i]).toBeCloseTo(value, 5);
    for (const [i, value] of [product(a, r), 0, product(b, r)].entries()) expect(rhs[i]).toBeCloseTo(value, 5);
  });
});

describe('differences', () => {
  it('are derivatives by direction in its units: to both sides, to one, and towards the room that there is', () => {
    const renderer = new GuessRenderer(observable);
    const directions = freeDirections(observable, bounds).slice(0, 1);
    const at = compareGuess(renderer, level, right)!;
    const drawn = (amount: number) => renderer.draw(directions[0]!.move(right, amount), 32, 1)!.pixels;
    const [both] = differences(renderer, level, directions, at);
    const [ahead, behind] = [drawn(0.5), drawn(-0.5)];
    for (let i = 0; i < ahead.length; i += 97) expect(both![i]).toBeCloseTo(ahead[i]! - behind[i]!, 3);
    const [one] = differences(renderer, { ...level, central: false }, directions, at);
    for (let i = 0; i < ahead.length; i += 97) expect(one![i]).toBeCloseTo((ahead[i]! - at.image.pixels[i]!) / 0.5, 3);
    const top = { ...right, shape: right.shape.map((value, i) => (i === 0 ? 1 : value)) };
    const end = compareGuess(renderer, level, top)!;
    const [back] = differences(renderer, level, directions, end);
    const below = renderer.draw(directions[0]!.move(top, -0.5), 32, 1)!.pixels;
    for (let i = 0; i < below.length; i += 97)
      expect(back![i]).toBeCloseTo((end.image.pixels[i]! - below[i]!) / 0.5, 3);
  });
});
