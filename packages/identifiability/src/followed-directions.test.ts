import { defineSurface } from '@kanrecon/geometry';
import { type Scene, sceneByName, sceneWith } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { bestPossibleScores } from './best-possible-scores.js';
import { identifiability } from './identifiability.js';
import { measureLimits } from './image-limits.js';

type Radius = (a: number, b: number, v: number) => number;

/** Cones before a camera that stands still, whose radius depends on two parameters. */
function cones(name: string, radius: Radius): Scene {
  const surface = defineSurface({
    name,
    parameters: [
      { name: 'a', min: 0.5, max: 1.2 },
      { name: 'b', min: 0.5, max: 1.2 },
      { name: 'height', min: 1, max: 3 },
    ],
    domain: { uMin: 0, uMax: 2 * Math.PI, vMin: 0, vMax: 1 },
    closedU: true,
    point: (u, v, { a, b, height }) => {
      const r = radius(a!, b!, v) * (1 - 0.2 * v);
      return [r * Math.cos(u), r * Math.sin(u), height! * v];
    },
  });
  return sceneWith(sceneByName('study'), { surface, camera: { placement: 'fixed' } });
}

const verdicts = ({ parameters }: Awaited<ReturnType<typeof identifiability>>) =>
  Object.fromEntries(parameters.map(({ name, verdict }) => [name, verdict]));

describe('directions without a name', () => {
  it('one that changes a byte by 29 when it is followed is not invisible', async () => {
    const scene = cones('nearly', (a, b, v) => a + b + 0.02 * a * v);
    const found = await identifiability(scene);
    expect(found).toMatchObject({ invisible: [], invariances: [], unexplained: 0, undecided: 1, combinations: [] });
    expect(verdicts(found)).toEqual({ a: 'undecided', b: 'undecided', height: 'visible' });
    expect(found.followed).toMatchObject([{ verdict: 'undecided', directions: 1, parameters: ['a', 'b'] }]);
    expect(found.summary).toEqual([
      expect.stringMatching(/^1 direction of a and b is undecided: .* the softened image changes \(by \d/),
      'height shows.',
    ]);
    expect(found.finer).toEqual({ draws: 16, size: 128, samples: 8 });
    const limits = await measureLimits(scene);
    expect(limits).toMatchObject({ unexplained: 0, undecided: 1, best: null });
    expect(bestPossibleScores(scene.surface, found, { draws: 100 }).bounds).toEqual(['a', 'b']);
  });

  it.each<[string, Radius]>([
    ['a circle', (a, b) => 1.3 * Math.hypot(a, b)],
    ['a cubic', (a, b) => 0.5 * a ** 3 + b + 0.3],
    ['a sine', (a, b) => a + b + 0.15 * Math.sin(6 * a)],
    ['a ratio of sums', (a, b) => (1.6 * (a + 0.4)) / (b + 0.7) + 0.3 * a],
  ])('a true one that is curved is invisible: %s', async (name, radius) => {
    const scene = cones('curved', radius);
    const found = await identifiability(scene);
    expect(found, name).toMatchObject({ invisible: [], invariances: [], unexplained: 1, undecided: 0, finer: null });
    expect(verdicts(found)).toEqual({ a: 'tied', b: 'tied', height: 'visible' });
    expect(found.followed).toMatchObject([{ verdict: 'invisible', directions: 1, parameters: ['a', 'b'], objects: 4 }]);
    expect(found.followed[0]!.largestChange).toBeLessThan(1.1);
    expect(found.summary).toEqual([
      expect.stringMatching(/^1 direction of a and b leaves no trace, but no simple law was found: followed from 4/),
      'height shows.',
    ]);
    const best = bestPossibleScores(scene.surface, found, { draws: 100 });
    expect(best.bounds).toEqual(['a', 'b']);
  });

  it('one that changes less than the tolerance to the ends is invisible, within it', async () => {
    const found = await identifiability(cones('hardly', (a, b, v) => a + b + 0.001 * a * v));
    expect(found).toMatchObject({ invisible: [], undecided: 0 });
    expect(found.invariances.length + found.unexplained).toBe(1);
    expect(verdicts(found)).toEqual({ a: 'tied', b: 'tied', height: 'visible' });
  });

  it('a parameter that is invisible in one half of its range is neither invisible nor visible', async () => {
    const found = await identifiability(cones('half', (a, b, v) => (b + 0.5) * (1 - Math.max(0, a - 0.85) * v)));
    expect(found).toMatchObject({ invisible: [], invariances: [], unexplained: 0, undecided: 1 });
    expect(verdicts(found)).toEqual({ a: 'undecided', b: 'visible', height: 'visible' });
  });

  it('a switch is not invisible, though nothing can be differentiated', async () => {
    const found = await identifiability(cones('switch', (a, b, v) => (b + 0.5) * (1 - (a > 1 ? 0.3 : 0) * v)));
    expect(found).toMatchObject({ invisible: [], invariances: [], unexplained: 0, undecided: 1 });
    expect(verdicts(found)).toEqual({ a: 'undecided', b: 'visible', height: 'visible' });
  });

  it('what another parameter can make up for is hidden all the same, with a kink or a jump', async () => {
    for (const radius of [
      (a: number, b: number) => b + Math.max(a, 0.85),
      (a: number, b: number) => b + (a > 1 ? 0.5 : 0.4),
    ]) {
      const found = await identifiability(cones('kinked', radius));
      expect(found).toMatchObject({ invisible: [], unexplained: 1, undecided: 0 });
      expect(verdicts(found)).toEqual({ a: 'tied', b: 'tied', height: 'visible' });
    }
  });

  it('a parameter that shows only between the ends of its range is not invisible', async () => {
    const found = await identifiability(
      cones('bump', (a, b, v) => (b + 0.5) * (1 - 0.4 * v * Math.max(0, 1 - 12 * Math.abs(a - 0.8)))),
    );
    expect(found).toMatchObject({ invisible: [], unexplained: 0 });
    expect(verdicts(found)).toMatchObject({ a: 'undecided', height: 'visible' });
  });

  it('a part that is always hidden behind another leaves no trace', async () => {
    // b is the radius of a second cone inside of the first.
    const surface = defineSurface({
      name: 'nested',
      parameters: [
        { name: 'a', min: 0.8, max: 1.2 },
        { name: 'b', min: 0.2, max: 0.6 },
      ],
      domain: { uMin: 0, uMax: 4 * Math.PI, vMin: 0, vMax: Math.PI },
      parts: 2,
      closedU: true,
      point: (u, v, { a, b }) => {
        const r = u < 2 * Math.PI ? a! : b!;
        return [r * Math.cos(u) * Math.sin(v), r * Math.sin(u) * Math.sin(v), -r * Math.cos(v)];
      },
      poleVMin: true,
      poleVMax: true,
    });
    const found = await identifiability(sceneWith(sceneByName('study'), { surface, camera: { placement: 'fixed' } }));
    expect(verdicts(found)).toEqual({ a: 'visible', b: 'invisible' });
  });
});
