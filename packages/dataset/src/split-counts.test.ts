import { expect, it } from 'vitest';
import { splitCounts, splitOfShape } from './split-counts.js';

it('takes counts', () => {
  expect(splitCounts(10, { train: 7, val: 2, test: 1 })).toEqual({ train: 7, val: 2, test: 1 });
  expect(splitCounts(1, { train: 1 })).toEqual({ train: 1, val: 0, test: 0 });
});

it('rounds fractions by largest remainder, so that the sum is right', () => {
  const eighty = { train: 0.8, val: 0.1, test: 0.1 };
  expect(splitCounts(400, eighty)).toEqual({ train: 320, val: 40, test: 40 });
  expect(splitCounts(4, eighty)).toEqual({ train: 3, val: 1, test: 0 });
  expect(splitCounts(10, eighty)).toEqual({ train: 8, val: 1, test: 1 });
  for (let shapes = 1; shapes < 300; shapes++) {
    const { train, val, test } = splitCounts(shapes, { train: 0.7, val: 0.2, test: 0.1 });
    expect(train + val + test).toBe(shapes);
    expect(Math.abs(train - 0.7 * shapes)).toBeLessThan(1);
  }
});

it('puts a shape into one split', () => {
  const counts = splitCounts(4, { train: 2, val: 1, test: 1 });
  expect([0, 1, 2, 3].map((shape) => splitOfShape(shape, counts))).toEqual(['train', 'train', 'val', 'test']);
});

it('refuses what is neither', () => {
  expect(() => splitCounts(10, { train: 0.5, val: 0.2 })).toThrow('add up to 10 shapes, got {"train":0.5,"val":0.2}');
  expect(() => splitCounts(10, { train: 2, val: -1 })).toThrow('splitCounts');
});
