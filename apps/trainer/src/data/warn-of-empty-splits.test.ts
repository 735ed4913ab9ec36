import { expect, it } from 'vitest';
import { warnOfEmptySplits } from './warn-of-empty-splits.js';

function warnings(shapes: number, train: number, val: number, test: number): string[] {
  const lines: string[] = [];
  warnOfEmptySplits(shapes, { train, val, test }, { warn: (line) => void lines.push(line) });
  return lines;
}

it('says what there is nothing for, and how many objects are enough', () => {
  const [three, ...more] = warnings(3, 0.8, 0.1, 0.1);
  expect(more).toEqual([]);
  expect(three).toBe(
    '3 objects leave nothing to validate with or test with; from --shapes 10 on every part of --split gets some.',
  );
  expect(warnings(10, 0.8, 0.1, 0.1)).toEqual([]);
  expect(warnings(1, 0.8, 0.1, 0.1)[0]).toMatch(/^One object leaves nothing to validate with or test with/);
});

it('is silent about what is left empty on purpose', () => {
  expect(warnings(1, 1, 0, 0)).toEqual([]);
  expect(warnings(400, 0.8, 0.1, 0.1)).toEqual([]);
});
