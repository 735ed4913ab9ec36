import { expect, it } from 'vitest';
import { uniqueNames } from './unique-names.js';

it.each([
  [
    ['a', 'b', 'a'],
    ['a', 'b', 'a-2'],
  ],
  [
    ['a', 'A', 'a'],
    ['a', 'A-2', 'a-3'],
  ],
  // The name of an image is not given away to another one.
  [
    ['a', 'a', 'a-2'],
    ['a', 'a-3', 'a-2'],
  ],
  [
    ['sub/a', 'a', 'SUB/A'],
    ['sub/a', 'a', 'SUB/A-2'],
  ],
  // é as one sign and as two.
  [
    ['\u00e9', 'e\u0301'],
    ['\u00e9', 'e\u0301-2'],
  ],
])('%j become %j', (names, unique) => {
  expect(uniqueNames(names)).toEqual(unique);
});
