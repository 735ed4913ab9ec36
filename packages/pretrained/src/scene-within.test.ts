import { type Scene, sceneByName, sceneNames, sceneWith } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { isWithin } from './scene-within.js';

const study = sceneByName('study');

describe('isWithin', () => {
  it('knows of the scenes that study is within robust, and nothing else', () => {
    const pairs = sceneNames.flatMap((a) => sceneNames.map((b) => [a, b] as const));
    const within = pairs.filter(([a, b]) => isWithin(sceneByName(a), sceneByName(b)));
    expect(within).toEqual([['study', 'robust']]);
  });

  const wider: [string, Scene][] = [
    ['camera', { ...study, camera: { ...study.camera, x: [0, 1.5] } }],
    ['light', { ...study, light: { ...study.light, strength: [0, 2] } }],
    ['background', { ...study, background: [0, 255] }],
    ['effects', { ...study, effects: { ...study.effects, noise: [0, 3] } }],
  ];
  it.each(wider)('goes by the ranges of the %s', (_, scene) => {
    expect([isWithin(study, scene), isWithin(scene, study)]).toEqual([true, false]);
  });

  it('takes scenes whose ranges overlap, or whose objects differ, for different ones', () => {
    const turned: Scene = { ...study, camera: { ...study.camera, x: [0, 0.8], tanHalfFov: [0.2, 0.5] } };
    expect([isWithin(study, turned), isWithin(turned, study)]).toEqual([false, false]);
    const parameters = study.surface.parameters.map((one) => (one.name === 'radius' ? { ...one, max: 9 } : one));
    const larger = sceneWith(study, { surface: { ...study.surface, parameters } });
    expect([isWithin(study, larger), isWithin(larger, study)]).toEqual([true, false]);
    const near: Scene = { ...study, background: [0, 255], camera: { ...study.camera, placement: { distance: 9 } } };
    expect(isWithin(study, near)).toBe(false);
  });
});
