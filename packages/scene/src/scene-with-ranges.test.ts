import { expect, it } from 'vitest';
import { sceneWithRanges } from './scene-with-ranges.js';
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
});
