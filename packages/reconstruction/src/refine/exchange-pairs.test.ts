import { randomStream } from '@kanrecon/scene';
import { expect, it } from 'vitest';
import { observable, refineCase, rightGuess } from '../../test/refine-cases.js';
import { imageBackdrop } from './backdrop.js';
import { exchangedPairs } from './exchange-pairs.js';
import { freeDirections } from './free-directions.js';
import { GuessRenderer } from './guess-renderer.js';
import { knownBounds } from './known.js';
import { compareGuess, type Fitted } from './level.js';
import { squaredLevels } from './refine-levels.js';
import { targetLevels } from './target-levels.js';

const one = refineCase(observable, 3);
const bounds = knownBounds('test', observable, {});
const directions = freeDirections(observable, bounds);
const level = targetLevels(one.image, squaredLevels)[1]!;
const right = rightGuess(one);
const renderer = () => new GuessRenderer(observable, imageBackdrop(one.image));
const twist = observable.surface.parameters.findIndex(({ name }) => name === 'twist_amp');
const frequency = observable.surface.parameters.findIndex(({ name }) => name === 'twist_freq');

/** To its end. */
function exchanged(
  on: typeof directions,
  knowledge: Parameters<typeof exchangedPairs>[3],
  from: Fitted,
  spent = () => false,
) {
  const steps = exchangedPairs(renderer(), level, on, knowledge, from, randomStream(1, 2), spent);
  for (let yielded = 0; ; yielded++) {
    const { value, done } = steps.next();
    if (done) return { found: value, yielded };
  }
}

/** A fit of which all is right but the twist. */
function besideTwist() {
  const shape = right.shape.slice();
  shape[twist] = (shape[twist]! + 0.5) % 1;
  shape[frequency] = (shape[frequency]! + 0.3) % 1;
  return compareGuess(renderer(), level, { ...right, shape })!;
}

it('finds what is wrong of a shape that is right but for two parameters, from a start that is off', () => {
  const from = besideTwist();
  const knowledge = {
    guess: { ...right, shape: right.shape.map((value) => value + 0.04) },
    shapeSpread: right.shape.map(() => 0.1),
  };
  const { found, yielded } = exchanged(directions, knowledge, from);
  // One for each pair of six.
  expect(yielded).toBe(15);
  expect(found).toHaveLength(4);
  expect(found.map(({ cost }) => cost)).toEqual([...found].map(({ cost }) => cost).sort((a, b) => a - b));
  expect(found[0]!.cost).toBeLessThan(from.cost / 4);
  const off = found[0]!.guess.shape.map((value, i) => Math.abs(value - right.shape[i]!));
  expect(Math.max(...off)).toBeLessThan(0.15);
  expect(Math.abs(from.guess.shape[twist]! - right.shape[twist]!)).toBeGreaterThan(0.3);
  for (const { guess } of found) expect(guess.shape.every((value) => value >= 0 && value <= 1)).toBe(true);
  // The same from the same numbers.
  const again = exchanged(directions, knowledge, from);
  expect(again.found.map(({ cost }) => cost)).toEqual(found.map(({ cost }) => cost));
});

it('leaves known parameters as they are', () => {
  const height = one.shape.parameters['height']!;
  const known = freeDirections(observable, knownBounds('test', observable, { parameters: { height } }));
  const from = besideTwist();
  const index = observable.surface.parameters.findIndex(({ name }) => name === 'height');
  const knowledge = { guess: right, shapeSpread: right.shape.map(() => 0.1) };
  for (const { guess } of exchanged(known, knowledge, from).found) {
    expect(guess.shape[index]).toBe(from.guess.shape[index]);
  }
});

it('ends where nothing more is to be drawn', () => {
  const knowledge = { guess: right, shapeSpread: right.shape.map(() => 0.1) };
  expect(exchanged(directions, knowledge, besideTwist(), () => true).yielded).toBe(1);
});
