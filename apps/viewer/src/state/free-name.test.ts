import { expect, it } from 'vitest';
import { freeName } from './free-name.js';

it('keeps a name that no model has, and numbers one that another has', () => {
  expect(freeName('run', new Set(['study']))).toBe('run');
  expect(freeName('run', new Set(['run']))).toBe('run 2');
  expect(freeName('run', new Set(['run', 'run 2', 'run 4']))).toBe('run 3');
});
