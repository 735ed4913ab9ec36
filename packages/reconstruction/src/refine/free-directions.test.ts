import { sceneByName, sceneWith } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { observable, refineCase, rightGuess, study } from '../../test/refine-cases.js';
import { sceneBounds } from './bounds.js';
import { freeDirections, moveGuess } from './free-directions.js';

const own = refineCase(study, 1, 32);
const { truth } = own;
const guess = rightGuess(own, [0.2, 0.5, 0.99]);
const names = (scene: typeof study, bounds = sceneBounds(scene)) =>
  freeDirections(scene, bounds).map(({ name }) => name);
const turns = ['turn 0', 'turn 1', 'turn 2'];
const shapes = study.surface.parameters.map(({ name }) => name);

describe('freeDirections', () => {
  it("are what a scene's images differ in, and not what its pattern hides or what is known", () => {
    expect(names(study)).toEqual([...shapes, ...turns, 'red', 'green', 'blue']);
    expect(names(observable)).toEqual([...shapes, ...turns]);
    expect(names(sceneByName('fluted'))).toHaveLength(12);
    const bounds = sceneBounds(study);
    const known = { ...bounds, shape: bounds.shape.map((range, i) => (i === 1 ? ([0.3, 0.3] as const) : range)) };
    expect(names(study, known)).toEqual([
      ...shapes.filter((name) => name !== 'height'),
      ...turns,
      'red',
      'green',
      'blue',
    ]);
    const camera = { x: [1, 1], y: [2, 2], z: [3, 3] } as const;
    expect(names(study, { ...bounds, camera })).toEqual([...shapes, 'red', 'green', 'blue']);
  });

  it('move what they say by their unit, as far as there is room and no farther', () => {
    const bounds = sceneBounds(study);
    const directions = freeDirections(study, bounds);
    for (const direction of directions) {
      const [low, high] = direction.room(guess);
      expect(low).toBeLessThanOrEqual(0);
      expect(high).toBeGreaterThanOrEqual(0);
      const moved = direction.move(guess, Math.min(high, 1));
      expect(moved).not.toEqual(guess);
      if (direction.kind === 'turn') continue;
      const [lowest, highest] = [direction.move(guess, 1e6), direction.move(guess, -1e6)].map((end) =>
        direction.room(end),
      );
      expect(lowest![1]).toBeCloseTo(0, 9);
      expect(highest![0]).toBeCloseTo(0, 9);
    }
    expect(directions[0]!.move(guess, 2).shape[0]).toBeCloseTo(truth[0]! + 0.04, 12);
    expect(directions.at(-1)!.move(guess, 3).baseColor).toEqual([0.2, 0.5, 1]);
  });

  it('leave the guess as it is, and can be gone at once', () => {
    const directions = freeDirections(study, sceneBounds(study));
    const before = structuredClone(guess);
    const amounts = directions.map((_, i) => (i % 2 === 0 ? 0.5 : -0.5));
    const moved = moveGuess(guess, directions, amounts);
    expect(guess).toEqual(before);
    expect(moved.shape[1]).toBeCloseTo(truth[1]! - 0.01, 12);
    expect(directions[10]!.name).toBe('green');
    expect(moved.baseColor[1]).toBeCloseTo(0.51, 12);
  });

  it('have light and lens where the scene draws them at random', () => {
    const lit = sceneWith(study, {
      light: { tilt: [0, 0.5], strength: [0.5, 1.5] },
      camera: { tanHalfFov: [0.3, 0.5] },
    });
    const directions = freeDirections(lit, sceneBounds(lit)).slice(-3);
    expect(directions.map(({ name }) => name)).toEqual(['tilt', 'strength', 'tanHalfFov']);
    const [tilt, strength, lens] = directions;
    expect(tilt!.move(guess, 1e6).light.tilt).toBe(0.5);
    expect(strength!.move(guess, -1e6).light.strength).toBe(0.5);
    expect(lens!.move(guess, 1e6).tanHalfFov).toBe(0.5);
    expect(tilt!.move(guess, 1).light.tilt).toBeCloseTo(guess.light.tilt + tilt!.unit, 12);
  });
});
