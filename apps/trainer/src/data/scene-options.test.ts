import { patternNames } from '@kanrecon/render';
import { sceneNames } from '@kanrecon/scene';
import { expect, it } from 'vitest';
import { patternFlags, sceneFlags } from './scene-options.js';

it('the flags know the same scenes and patterns as the packages', () => {
  expect(sceneFlags).toEqual(sceneNames);
  expect(patternFlags).toEqual(patternNames);
});
