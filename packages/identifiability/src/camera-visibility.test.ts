import { createFlutedColumn, surfaceByName } from '@kanrecon/geometry';
import { type Scene, type SceneChanges, sceneByName, sceneNames, sceneWith } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { cameraVisibility } from './camera-visibility.js';
import { knownCameraVisibility } from './known-camera-visibility.js';
import { cameraAngleNames, measureCameraAngle } from './measure-camera-angle.js';

const study = sceneByName('study');
const fluted = sceneByName('fluted');
const zOf = (scene: Scene, changes: SceneChanges = {}) => cameraVisibility(sceneWith(scene, changes))[2];

describe('cameraVisibility', () => {
  it.each(sceneNames)('knows of the scene %s what is measured', (name) => {
    for (const angle of cameraAngleNames) {
      const measured = measureCameraAngle(sceneByName(name), angle, { draws: 8, seed: 1 });
      expect(measured, angle).toEqual(knownCameraVisibility[name][angle]);
    }
  });

  it('tells what shows, of what range, and how often images repeat', () => {
    const [x, y, z] = cameraVisibility(study);
    const degree = Math.PI / 180;
    expect(x).toEqual({ angle: 'x', shows: true, min: 30 * degree, max: 70 * degree, round: false, order: 1 });
    expect(y).toEqual({ angle: 'y', shows: true, min: 0, max: 2 * Math.PI, round: true, order: 1 });
    expect(z).toEqual({ angle: 'z', shows: false, min: 0, max: 2 * Math.PI, round: true, order: 1 });
    expect(cameraVisibility(sceneByName('observable')).map(({ shows, order }) => [shows, order])).toEqual(
      Array(3).fill([true, 1]),
    );
    expect(cameraVisibility(fluted)[2]).toMatchObject({ shows: true, round: true, order: 5 });
  });

  it.each<[string, Scene, SceneChanges, { shows: boolean; order: number }]>([
    ['stripes', study, { pattern: 'stripes' }, { shows: true, order: 4 }],
    ['a sun 1.1° from the vertical', study, { light: { tilt: [0.02, 0.02] } }, { shows: true, order: 1 }],
    ['lobes under a low sun', fluted, { light: { tilt: [0.2, 0.8] } }, { shows: true, order: 1 }],
    ['twelve lobes', fluted, { surface: createFlutedColumn({ lobes: 12, depth: 0.05 }) }, { shows: true, order: 12 }],
    ['a vase', study, { surface: surfaceByName('vase') }, { shows: false, order: 1 }],
  ])('follows patterns, lobes and light: %s', (_, scene, changes, expected) => {
    expect(cameraVisibility(sceneWith(scene, changes), { draws: 4 })[2]).toMatchObject(expected);
  });

  it('finds repeats about other axes', () => {
    // Without a sun a superellipsoid is the same when it is turned by half a turn about its own axes.
    const [, y, z] = cameraVisibility(
      sceneWith(study, {
        surface: surfaceByName('superellipsoid'),
        camera: { z: [0, 0] },
        light: { strength: [0, 0] },
      }),
      { draws: 3 },
    );
    expect(y).toMatchObject({ shows: true, order: 2 });
    expect(z.shows).toBe(false);
  });

  it('takes a single value as not shown, and repeats only where they lie in the range', () => {
    expect(zOf(fluted, { camera: { z: [1, 1] } })).toEqual({
      angle: 'z',
      shows: false,
      min: 1,
      max: 1,
      round: false,
      order: 1,
    });
    expect(zOf(fluted, { camera: { z: [0, 1] } })).toMatchObject({ shows: true, round: false, order: 1 });
    expect(zOf(fluted, { camera: { z: [0, 1.3] } })).toMatchObject({ shows: true, round: false, order: 5 });
  });

  it('measures a scene object once, and a built-in scene or its copy never', () => {
    const variant = sceneWith(study, { light: { tilt: [0.3, 0.3] } });
    expect(cameraVisibility(variant)).toBe(cameraVisibility(variant));
    const surface = { ...study.surface };
    let calls = 0;
    surface.position = (...args) => {
      calls++;
      study.surface.position(...args);
    };
    cameraVisibility({ ...study });
    expect(calls).toBe(0);
    // A surface of one's own under the name of a built-in one is not taken for it.
    expect(cameraVisibility({ ...study, surface })).toEqual(cameraVisibility(study));
    expect(calls).toBeGreaterThan(0);
  });

  it('takes other draws, and refuses options out of range', () => {
    expect(cameraVisibility(fluted, { seed: 7, draws: 3 })).toEqual(cameraVisibility(fluted));
    expect(() => cameraVisibility(study, { draws: 1 })).toThrow(
      'cameraVisibility: draws is wrong; expected an integer from 2 to 10000, got 1',
    );
    expect(() => cameraVisibility(study, { seed: 0.5 })).toThrow('cameraVisibility: seed is wrong');
  });
});
