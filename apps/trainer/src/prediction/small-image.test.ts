import { fitImage } from '@kanrecon/image';
import { expect, it } from 'vitest';
import { smallImage } from './small-image.js';

const grey = [197, 197, 197] as const;
const image = (width: number, height: number, channels = 3) => ({
  ...{ width, height },
  data: Uint8Array.from({ length: channels * width * height }, (_, i) => (i * 7) % 251),
});

it('keeps an image that is small, and the form of a large one', () => {
  const small = image(40, 30);
  expect(smallImage(small, grey)).toEqual(small);
  const large = smallImage(image(1100, 600), grey);
  expect([large.width, large.height, large.data.length]).toEqual([512, 279, 3 * 512 * 279]);
  const tall = smallImage(image(3, 2000), grey);
  expect([tall.width, tall.height]).toEqual([1, 512]);
});

it('has no bars, and the same pixels as a square image would have', () => {
  const large = image(700, 351);
  const { width, height, data } = smallImage(large, grey);
  const square = fitImage(large, 512);
  const top = (512 - height) >> 1;
  expect(width).toBe(512);
  expect(Buffer.from(data).equals(Buffer.from(square.subarray(3 * 512 * top, 3 * 512 * (top + height))))).toBe(true);
});

it('lays transparency over the background', () => {
  const clear = { width: 40, height: 30, data: new Uint8Array(4 * 40 * 30) };
  expect(smallImage(clear, [1, 2, 3]).data.subarray(0, 6)).toEqual(Uint8Array.of(1, 2, 3, 1, 2, 3));
});
