import { expect, it } from 'vitest';
import { comparisonSheet } from './comparison-sheet.js';

const plain = (value: number) => ({ width: 2, height: 2, data: new Uint8Array(12).fill(value) });

it('puts the pictures of a view beside each other and views beneath each other', () => {
  const row = { ours: plain(10), blender: plain(20), plain: plain(10) };
  const { width, height, data } = comparisonSheet([row, { ...row, ours: plain(30) }]);
  expect([width, height, data.length]).toEqual([5 * 6 - 4, 2 * 6 - 4, 3 * 26 * 8]);
  const at = (x: number, y: number) => data[3 * (y * width + x)];
  expect([at(0, 0), at(6, 0), at(18, 1), at(0, 6), at(7, 7)]).toEqual([10, 20, 10, 30, 20]);
  // White between them; a picture that does not differ is grey in the heat map.
  expect([at(2, 0), at(0, 3), at(24, 0)]).toEqual([255, 255, 10]);
});
