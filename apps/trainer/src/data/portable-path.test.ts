import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { portablePath } from './portable-path.js';

it('leads from the folder to the path, with forward slashes', () => {
  expect(portablePath('runs/first', 'runs/first')).toBe('.');
  expect(portablePath('runs/first', join('runs', 'first', 'evaluation', 'a'))).toBe('evaluation/a');
  expect(portablePath(join('runs', 'first'), resolve('data'))).toBe('../../data');
});
