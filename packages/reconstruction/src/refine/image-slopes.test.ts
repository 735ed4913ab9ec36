import { describe, expect, it } from 'vitest';
import { observable, refineCase, rightGuess } from '../../test/refine-cases.js';
import { sceneBounds } from './bounds.js';
import { freeDirections, moveGuess } from './free-directions.js';
import { GuessRenderer } from './guess-renderer.js';
import { imageSlopes } from './image-slopes.js';
import { compareGuess } from './level.js';
import { targetLevels } from './target-levels.js';

const own = refineCase(observable, 1, 32);
const { image } = own;
const coarseness = { share: 1, blur: 1, outlier: 1000, step: 0.5, central: true, iterations: 12, gain: 0 };
const level = targetLevels(image, [coarseness])[0]!;
const right = rightGuess(own);
const renderer = new GuessRenderer(observable);
const all = freeDirections(observable, sceneBounds(observable));

describe('imageSlopes', () => {
  it('are derivatives by direction in its units: to both sides, to one, and towards the room that there is', () => {
    const directions = all.slice(0, 1);
    const at = compareGuess(renderer, level, right)!;
    const drawn = (amount: number) => renderer.draw(directions[0]!.move(right, amount), 32, 1)!.pixels;
    const [both] = imageSlopes(renderer, level, directions, at);
    expect(both!.way).toEqual(Float64Array.of(1));
    const [ahead, behind] = [drawn(0.5), drawn(-0.5)];
    for (let i = 0; i < ahead.length; i += 97) expect(both!.pixels[i]).toBeCloseTo(ahead[i]! - behind[i]!, 3);
    const [one] = imageSlopes(renderer, { ...level, central: false }, directions, at);
    for (let i = 0; i < ahead.length; i += 97) {
      expect(one!.pixels[i]).toBeCloseTo((ahead[i]! - at.image.pixels[i]!) / 0.5, 3);
    }
    const top = { ...right, shape: right.shape.map((value, i) => (i === 0 ? 1 : value)) };
    const end = compareGuess(renderer, level, top)!;
    const [back] = imageSlopes(renderer, level, directions, end);
    const below = renderer.draw(directions[0]!.move(top, -0.5), 32, 1)!.pixels;
    for (let i = 0; i < below.length; i += 97) {
      expect(back!.pixels[i]).toBeCloseTo((end.image.pixels[i]! - below[i]!) / 0.5, 3);
    }
  });

  it('go along the eigenvectors of what is known, each as far as the image changes as much', () => {
    const directions = all.slice(0, 2);
    const at = compareGuess(renderer, level, right)!;
    // Along (.6, .8) the image changes by 1 over a unit, along (−.8, .6) over four.
    const information = Float64Array.of(0.36 + 0.64 / 16, 0.48 - 0.48 / 16, 0.48 - 0.48 / 16, 0.64 + 0.36 / 16);
    const slopes = imageSlopes(renderer, level, directions, { ...at, information });
    expect(slopes).toHaveLength(2);
    for (const [k, length] of [4, 1].entries()) {
      const { way, pixels } = slopes[k]!;
      const expected = k === 0 ? [-0.8, 0.6] : [0.6, 0.8];
      const sign = Math.sign(way[0]! * expected[0]!);
      for (const [i, value] of expected.entries()) expect(sign * way[i]!).toBeCloseTo(value, 9);
      const drawn = (by: number) =>
        renderer.draw(
          moveGuess(
            right,
            directions,
            way.map((amount) => by * amount),
          ),
          32,
          1,
        )!.pixels;
      const [ahead, behind] = [drawn(length), drawn(-length)];
      for (let i = 0; i < ahead.length; i += 97) {
        expect(pixels[i]).toBeCloseTo((ahead[i]! - behind[i]!) / (2 * length), 3);
      }
    }
  });

  it('leave out of the turning what is at a bound', () => {
    const directions = all.slice(0, 2);
    const top = { ...right, shape: right.shape.map((value, i) => (i === 0 ? 1 : value)) };
    const at = { ...compareGuess(renderer, level, top)!, information: Float64Array.of(1, 0.5, 0.5, 1) };
    const ways = imageSlopes(renderer, level, directions, at).map(({ way }) => Array.from(way, Math.abs));
    expect(ways).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });
});
