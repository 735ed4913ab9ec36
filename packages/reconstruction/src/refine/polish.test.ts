import { describe, expect, it } from 'vitest';
import { observable, refineCase, rightGuess } from '../../test/refine-cases.js';
import { sceneBounds } from './bounds.js';
import { freeDirections, moveGuess } from './free-directions.js';
import { GuessRenderer } from './guess-renderer.js';
import { compareGuess, type Fitted } from './level.js';
import { polish } from './polish.js';
import { targetLevels } from './target-levels.js';

const own = refineCase(observable, 1, 32);
const { image, truth } = own;
const levels = targetLevels(image, [
  { share: 1, blur: 1, outlier: 1000, step: 0.5, central: true, iterations: 5, gain: 0 },
]);
const directions = freeDirections(observable, sceneBounds(observable));
const right = rightGuess(own);

function polished(amounts: readonly number[], enough: (fitted: Fitted) => boolean) {
  const renderer = new GuessRenderer(observable);
  const before = compareGuess(renderer, levels[0]!, moveGuess(right, directions, amounts))!;
  const steps = polish(renderer, levels, directions, before, enough);
  for (;;) {
    const { value, done } = steps.next();
    if (done) return { before, after: value, renderings: renderer.renderings - 1 };
  }
}

describe('polish', () => {
  it('leads out of a place where a fit was left, nearer to what is right', () => {
    const { before, after } = polished([3, 0, 0, 0, 3, 3, 0, 0, 0], ({ cost }) => cost < 0.05);
    expect(before.cost).toBeGreaterThan(1);
    expect(after.cost).toBeLessThan(0.1 * before.cost);
    const off = (fitted: Fitted) => Math.hypot(...truth.map((value, i) => fitted.guess.shape[i]! - value));
    expect(off(after)).toBeLessThan(0.5 * off(before));
  });

  it('draws nothing where the fit is good enough, and never gives back a worse one', () => {
    expect(polished([1, 0, 0, 0, 0, 0, 0, 0, 0], () => true)).toMatchObject({ renderings: 0 });
    const { before, after } = polished(new Array(9).fill(0), ({ cost }) => cost < 1e-9);
    expect(after.cost).toBeLessThanOrEqual(before.cost);
  });
});
