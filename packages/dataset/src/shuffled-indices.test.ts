import { expect, it } from 'vitest';
import { shuffledIndices } from './shuffled-indices.js';

it('is a permutation that seed and epoch decide', () => {
  const order = shuffledIndices(1000, 3, 0);
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, index) => index));
  expect(shuffledIndices(1000, 3, 0)).toEqual(order);
  expect(shuffledIndices(1000, 3, 1)).not.toEqual(order);
  expect(shuffledIndices(1000, 4, 0)).not.toEqual(order);
  expect(shuffledIndices(0, 1, 0)).toHaveLength(0);
});

it('puts every item everywhere equally often', () => {
  const counts = Array.from({ length: 5 }, () => new Array<number>(5).fill(0));
  const epochs = 10_000;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffledIndices(5, 1, epoch).forEach((item, place) => {
      counts[item][place]++;
    });
  }
  // 25 cells of expectation 2,000 and standard deviation 40.
  for (const count of counts.flat()) expect(Math.abs(count - epochs / 5)).toBeLessThan(180);
});

it('refuses a count that is no whole number', () => {
  expect(() => shuffledIndices(-1, 1, 0)).toThrow('count must be a whole number ≥ 0, got -1');
});
