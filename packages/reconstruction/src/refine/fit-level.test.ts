import { describe, expect, it } from 'vitest';
import { observable, refineCase, rightGuess } from '../../test/refine-cases.js';
import { sceneBounds } from './bounds.js';
import { fitLevel } from './fit-level.js';
import { freeDirections } from './free-directions.js';
import type { Guess } from './guess.js';
import { GuessRenderer } from './guess-renderer.js';
import { compareGuess, type Fitted } from './level.js';
import { targetLevels } from './target-levels.js';
import { turnCamera } from './turn-camera.js';

const own = refineCase(observable, 1, 32);
const { image, view, truth } = own;
const coarseness = { share: 1, blur: 1, outlier: 1000, step: 0.5, central: true, iterations: 12, gain: 0 };
const level = targetLevels(image, [coarseness])[0]!;
const bounds = sceneBounds(observable);
const right = rightGuess(own);
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
