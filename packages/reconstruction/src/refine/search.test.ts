import { randomStream } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { observable, refineCase, rightGuess } from '../../test/refine-cases.js';
import { sceneBounds } from './bounds.js';
import { drawStart, type StartKnowledge } from './draw-starts.js';
import { freeDirections } from './free-directions.js';
import { GuessRenderer } from './guess-renderer.js';
import type { Level } from './level.js';
import { type Searched, search } from './search.js';
import { targetLevels } from './target-levels.js';

const size = 32;
const own = refineCase(observable, 1, size);
const { image, truth } = own;
const rough = { blur: 1, outlier: 1000, step: 0.5, central: false, iterations: 3, gain: 0 };
const levels = targetLevels(image, [
  { ...rough, share: 0.5 },
  { ...rough, share: 1 },
  { ...rough, share: 1 },
]);
const bounds = sceneBounds(observable);
const plan = { candidates: 20, turned: 2, starts: 2, budget: 1000 };

function searched(among: readonly Level[], cameraSpread = 0.05, how = plan) {
  const renderer = new GuessRenderer(observable);
  const knowledge: StartKnowledge = {
    guess: rightGuess(own),
    shapeGiven: true,
    shapeSpread: Float64Array.from(truth, () => 0.05),
    cameraSpread,
  };
  const random = randomStream(12);
  const phases: string[] = [];
  let [index, found]: [number, Searched | undefined] = [0, undefined];
  const next = () => drawStart(knowledge, bounds, index++, random);
  const steps = search(renderer, among, freeDirections(observable, bounds), how, next, ({ cost }) => cost < 0.3);
  for (;;) {
    const { value, done } = steps.next();
    if (done) {
      found = value;
      break;
    }
    phases.push(value.phase);
  }
  return { best: found?.fitted, agreed: found?.agreed, phases, renderer, drawn: index };
}

describe('search', () => {
  it('compares all candidates, then fits, and ends at the first that is good enough', () => {
    const { best, phases, drawn } = searched(levels);
    expect(drawn).toBe(plan.candidates);
    expect(phases[0]).toBe('search');
    expect(phases.lastIndexOf('search')).toBeLessThan(phases.indexOf('fit'));
    expect(best!.cost).toBeLessThan(0.3);
    for (const [i, value] of truth.entries()) expect(Math.abs(best!.guess.shape[i]! - value)).toBeLessThan(0.05);
  });

  it('ends with a fit even where fine pictures are much farther off than coarse ones', () => {
    const noise = levels[2]!.target.map((_, i) => (i * 7919) % 256);
    const [coarse, middle, fine] = levels as [Level, Level, Level];
    const { best } = searched([coarse, { ...middle, target: noise }, { ...fine, target: noise }]);
    expect(best).toBeDefined();
    expect(best!.image.pixels).toHaveLength(3 * size * size);
  });

  it('makes no further start once the renderings are spent', () => {
    const noise = levels.map((level) => ({ ...level, target: level.target.map((_, i) => (i * 7919) % 256) }));
    const one = searched(noise, 0.05, { ...plan, budget: 1 }).renderer.renderings;
    const two = searched(noise).renderer.renderings;
    expect(one).toBeLessThan(two);
  });

  it('says whether two starts came to rest equally low', () => {
    const last = levels.slice(-2).map((level) => ({ ...level, iterations: 20 }));
    const flat = last.map((level) => ({ ...level, target: level.target.map((value) => value + 20) }));
    expect(searched(flat).agreed).toBe(true);
    expect(searched(flat, 0.05, { ...plan, starts: 1 }).agreed).toBe(false);
  });

  it('also says so where all others were hopeless on the coarse pictures', () => {
    const [coarse, ...finer] = levels as [Level, ...Level[]];
    const off = finer.map((level) => ({ ...level, target: level.target.map((value) => value + 20) }));
    const two = { ...plan, candidates: 2 };
    const { agreed, best } = searched([coarse, ...off], 1.5, two);
    expect(best!.cost).toBeGreaterThan(0.3);
    expect(agreed).toBe(true);
    // Whether one is alone cannot be told of one.
    expect(searched([coarse, ...off], 1.5, { ...two, starts: 1 }).agreed).toBe(false);
  });

  it('does not take what turning showed for what all directions show, where nothing came after it', () => {
    const central = { ...rough, central: true };
    const among = targetLevels(image, [
      { ...rough, share: 0.5, iterations: 0 },
      { ...central, share: 1 },
    ]);
    const { best } = searched(among, 0.3, { ...plan, starts: 1 });
    expect(best?.information).toHaveLength(9 * 9);
    expect(best!.cost).toBeLessThan(5);
  });
});
