import { expect, it } from 'vitest';
import { pickCases } from './pick-cases.js';

const picked = (count: number) => pickCases(count).map(({ title, index }) => `${title} ${index}`);

it('shows best, median and worst, and no prediction twice', () => {
  expect(picked(9)).toEqual(['Best 0', 'Median 4', 'Worst 8']);
  expect(picked(3)).toEqual(['Best 0', 'Median 1', 'Worst 2']);
  expect(picked(2)).toEqual(['Best 0', 'Worst 1']);
  expect(picked(1)).toEqual(['The only one 0']);
  expect(picked(0)).toEqual([]);
});
