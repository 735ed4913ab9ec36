import { defineSurface, superellipsoid } from '@kanrecon/geometry';
import { type FormulaSurfaceDefinition, surfaceFromFormulas } from '@kanrecon/geometry/formulas';
import { describe, expect, it } from 'vitest';
import { drawShape } from './draw-shape.js';
import { drawView } from './draw-view.js';
import { type SceneJson, sceneFromJson, sceneToJson } from './scene-json.js';
import { sceneWith } from './scene-with.js';
import { sceneByName } from './scenes.js';

const study = sceneByName('study');
const cone: FormulaSurfaceDefinition = {
  name: 'my-cone',
  parameters: [
    { name: 'slope', min: 0.5, max: 2 },
    { name: 'length', min: 1, max: 2 },
  ],
  domain: { u: [0, '2 * pi'], v: [0, 'length'] },
  x: 'v * cos(u)',
  y: 'v * sin(u)',
  z: '-slope * v',
  closedU: true,
  poleVMin: true,
};

describe('sceneToJson and sceneFromJson', () => {
  it('write the study down as its name, others with surface and distance', () => {
    expect(sceneToJson(study)).toEqual({ name: 'study' });
    expect(sceneToJson(sceneByName('observable'))).toEqual({
      name: 'observable',
      surface: 'spiral-cylinder',
      changes: { camera: { placement: { distance: 7.6 } } },
    });
  });

  it('are each other’s inverse, through text', () => {
    const variants = [
      study,
      sceneByName('fluted'),
      sceneWith(sceneByName('observable'), {
        surface: superellipsoid,
        pattern: 'stripes',
        camera: { x: [0.1, 0.2], tanHalfFov: [0.2, 0.4] },
        light: { tilt: [0, 0.5], azimuth: [0, 6] },
        effects: { noise: [0, 4], jpeg: [20, 100] },
        background: [10, 200],
        baseColor: [0.2, 0.8],
      }),
      sceneWith(sceneByName('observable'), { camera: { placement: 'fitted' } }),
      sceneWith(study, { surface: surfaceFromFormulas(cone), camera: { placement: 'fixed' } }),
    ];
    for (const scene of variants) {
      const json = sceneToJson(scene);
      const again = sceneFromJson(JSON.parse(JSON.stringify(json)), { surfaceFromFormulas });
      expect(sceneToJson(again)).toEqual(json);
      expect({ ...again, surface: again.surface.name }).toEqual({ ...scene, surface: scene.surface.name });
      expect(drawShape(again, 1, 2)).toEqual(drawShape(scene, 1, 2));
      expect(drawView(again, 1, 2, 3)).toEqual(drawView(scene, 1, 2, 3));
    }
  });

  it('tell what cannot be written down or read', () => {
    const mine = defineSurface({
      name: 'my-column',
      parameters: [{ name: 'a', min: 0, max: 1 }],
      domain: { uMin: 0, uMax: 1, vMin: 0, vMax: 1 },
      point: (u, v, { a }) => [u, v, a],
    });
    // A name that defineSurface itself would refuse.
    const own = { ...mine, name: 'fluted-column' };
    expect(() => sceneToJson(sceneWith(study, { surface: own }))).toThrow(
      'the surface "fluted-column" cannot be written down; expected a built-in one or one of surfaceFromFormulas',
    );
    expect(() => sceneToJson({ ...study, name: 'mine' })).toThrow('unknown scene "mine"');
    expect(() => sceneFromJson({ name: 'study', surface: 'ball' })).toThrow('unknown surface; expected one of spiral-');
    expect(() => sceneFromJson({ name: 'study', surface: cone })).toThrow('expected the option surfaceFromFormulas');
    const wrong = { name: 'study', changes: { light: { warmth: [0, 1] } } } as unknown as SceneJson;
    expect(() => sceneFromJson(wrong)).toThrow('unknown field "light.warmth"');
  });
});
