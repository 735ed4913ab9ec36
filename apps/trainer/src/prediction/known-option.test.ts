import { expect, it } from 'vitest';
import { knownOption } from './known-option.js';

const { parse } = knownOption({ about: 'known' });
const numbers = (text: string) => parse(text)?.map(({ name, from, to }) => [name, from, to]);

it('reads numbers and ranges, several with commas between them', () => {
  expect(numbers('height=2')).toEqual([['height', 2, 2]]);
  expect(numbers('radius=.8..1')).toEqual([['radius', 0.8, 1]]);
  expect(numbers('a=1...5e1')).toEqual([['a', 1, 5]]);
  expect(numbers('a=-2..-1e-1, camera_x = 50')).toEqual([
    ['a', -2, -0.1],
    ['camera_x', 50, 50],
  ]);
});

it.each([
  '',
  'height',
  '=2',
  'height=',
  'height=x',
  'height=1..',
  'height=1..2..3',
  'height=2..1',
  'a=1,',
  'a b=1',
  'a=Infinity',
  'a=0x10',
])('takes no "%s"', (text) => {
  expect(parse(text)).toBeUndefined();
});
