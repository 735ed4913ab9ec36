import { surfaceNames } from '@kanrecon/geometry';
import { patternNames } from '@kanrecon/render';
import { sceneNames } from '@kanrecon/scene';
import { expect, it } from 'vitest';
import { patternFlags, sceneFlags, surfaceFlags } from './scene-options.js';

it('the flags know the same scenes, patterns and surfaces as the packages', () => {
  expect(sceneFlags).toEqual(sceneNames);
  expect(surfaceFlags).toEqual(surfaceNames());
  expect(patternFlags).toEqual(patternNames);
});
