import type { Picture } from './picture.js';

/** Mean absolute difference of two pictures of the same size, of 255. */
export function imageDifference(a: Picture, b: Picture): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += Math.abs(a.data[i]! - b.data[i]!);
  return sum / Math.max(1, a.data.length);
}
