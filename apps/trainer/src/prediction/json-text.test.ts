import { expect, it } from 'vitest';
import { jsonText } from './json-text.js';

it('writes lists of numbers in one line each, and means the same', () => {
  const value = { a: [1, -2.5, 3e-7, 1e21], b: ['x', '[\n1,\n2\n]'], c: [], d: [[1, 2], [3]], e: [null, 1], f: 'x' };
  const text = jsonText(value);
  expect(JSON.parse(text)).toEqual(value);
  expect(text).toContain('  "a": [1, -2.5, 3e-7, 1e+21],\n  "b": [\n');
  expect(text).toContain('    [1, 2],\n    [3]\n');
  expect(text.endsWith('}\n')).toBe(true);
});
