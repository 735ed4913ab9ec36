import { expect, it } from 'vitest';
import { sceneToJson } from './scene-json.js';
import { sceneWithOwnRanges, sceneWithRanges } from './scene-with-ranges.js';
import { sceneByName } from './scenes.js';

const study = sceneByName('study');

it('has the ranges that a network learned, and all else as before', () => {
  expect(sceneWithRanges(study, study.surface.parameters)).toBe(study);
  const ranges = study.surface.parameters.map(({ name, min, max }) => ({
    name,
    min,
    max: name === 'radius' ? 9 : max,
  }));
  const { surface, camera } = sceneWithRanges(study, ranges);
  expect(surface.parameters[0]).toMatchObject({ name: 'radius', min: 0.5, max: 9, unit: 'units' });
  expect(surface.domain([1, 2, 1, 1, 0, 1]).vMax).toBe(2);
  expect([surface.name, camera]).toEqual(['spiral-cylinder', study.camera]);
  expect(study.surface.parameters[0].max).toBe(1.5);
  expect(() => sceneWithRanges(study, [{ name: 'girth', min: 0, max: 1 }])).toThrow('got girth');
  const more = [{ name: 'camera_cos', min: -1, max: 1 }, ...[...ranges].reverse()];
  expect(sceneWithRanges(study, more).surface.parameters).toEqual(surface.parameters);
  expect(sceneToJson(sceneWithOwnRanges(sceneWithRanges(study, ranges)))).toEqual({ name: 'study' });
  expect(sceneWithOwnRanges(study)).toBe(study);
});
