import { surfaceNames } from '@kanrecon/geometry';
import { patternNames } from '@kanrecon/render';
import { presetNames } from '@kanrecon/scene';
import { expect, it } from 'vitest';
import { patternFlags, presetFlags, surfaceFlags } from './preset-options.js';

it('the flags know the same presets, patterns and surfaces as the packages', () => {
  expect(presetFlags).toEqual(presetNames);
  expect(surfaceFlags).toEqual(surfaceNames());
  expect(patternFlags).toEqual(patternNames);
});
