import { expect, it } from 'vitest';
import { deriveSeed } from './derive-seed.js';

it('gives different, positive 31-bit seeds for different parts', () => {
  const seeds = new Set<number>();
  for (let a = 0; a < 20; a++) for (let b = 0; b < 20; b++) for (let c = 0; c < 50; c++) seeds.add(deriveSeed(a, b, c));
  seeds.add(deriveSeed(1, 2 ** 32)).add(deriveSeed(1, 2 ** 33));
  expect(seeds.size).toBe(20 * 20 * 50 + 2);
  expect([...seeds].every((seed) => Number.isInteger(seed) && seed > 0 && seed < 2 ** 31)).toBe(true);
  expect(deriveSeed(3, 1, 4)).toBe(deriveSeed(3, 1, 4));
});
