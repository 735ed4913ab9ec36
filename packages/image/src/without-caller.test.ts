import { expect, it } from 'vitest';
import { withoutCaller } from './without-caller.js';

it.each([
  ['hausdorff: a has no points', 'a has no points'],
  ['AdamW: unknown option', 'unknown option'],
  ['kan: widths: expected a list', 'widths: expected a list'],
  ['ENOENT: no such file', 'ENOENT: no such file'],
  ['a/b.png: the image is damaged', 'a/b.png: the image is damaged'],
  ['worker 1 of 2 failed: heap full', 'worker 1 of 2 failed: heap full'],
])('%s', (message, reason) => {
  expect(withoutCaller(message)).toBe(reason);
});
