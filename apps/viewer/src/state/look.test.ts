import { sceneByName, typicalView } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { type Look, sameLook, withLook } from './look.js';
import { middles } from './middles.js';

const scene = sceneByName('observable');
const view = typicalView(scene, { x: 1, y: 0, z: 0 });
const object = { scene, parameters: middles(scene.surface), view, baseColor: [0.4, 0.4, 0.4] as const };
const light = { tilt: 0.5, azimuth: 2, strength: 1.5, ambient: 0.1 };

describe('withLook', () => {
  it('changes what the look says, and nothing else', () => {
    expect(withLook(object, undefined)).toBe(object);
    expect(withLook(object, { light })).toEqual({ ...object, view: { ...view, light } });
    expect(withLook(object, { baseColor: [1, 0, 0] })).toEqual({ ...object, baseColor: [1, 0, 0] });
    const plain = withLook(object, { pattern: 'plain' });
    expect(plain.scene).toEqual({ ...scene, pattern: 'plain' });
    // The 3D view makes its mesh anew for another surface only.
    expect(plain.scene.surface).toBe(scene.surface);
  });
});

describe('sameLook', () => {
  const looks: (Look | undefined)[] = [
    undefined,
    { light },
    { light: { ...light, tilt: 0.6 } },
    { light: { ...light, azimuth: 2.1 } },
    { light: { ...light, strength: 1 } },
    { light: { ...light, ambient: 0 } },
    { baseColor: [0.5, 2, 1.5] },
    { pattern: 'plain' },
    { cameraAngles: { x: 0.5, y: 2, z: 1.5 } },
  ];

  it('tells every part of a look', () => {
    for (const [i, a] of looks.entries()) {
      for (const [j, b] of looks.entries()) expect(sameLook(a, b && structuredClone(b))).toBe(i === j);
    }
    expect(sameLook(undefined, {})).toBe(true);
  });
});
