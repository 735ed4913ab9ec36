import { expect, it } from 'vitest';
import { begunWords } from './begun-words.js';

it('says what was taken over, what begins anew and what there was no place for', () => {
  const whole = { name: 'SMALLCNN', taken: 30, fresh: [], unused: [] };
  expect(begunWords(whole, 'observable')).toEqual(['Begun from “observable”: all 30 weights are taken over.']);
  const fresh = [
    { name: 'head_0/kernel', shape: [64, 8], there: [64, 12] },
    { name: 'head_0/bias', shape: [8], there: [8] },
  ];
  const unused = Array.from({ length: 30 }, (_, i) => ({ name: `old_${i}`, shape: [2] }));
  const [taken, anew, left] = begunWords({ ...whole, taken: 28, fresh, unused });
  expect(taken).toBe('Begun from “SMALLCNN”: 28 of 30 weights are taken over.');
  expect(anew).toBe('They begin anew: head_0/kernel (64 × 8, there 64 × 12), head_0/bias (8).');
  expect(left).toMatch(/^There was no place for: old_0 \(2\), .* old_23 \(2\), 6 more\.$/);
});
