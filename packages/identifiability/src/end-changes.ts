import type { ImageDraw } from './image-draws.js';
import { largestChange } from './image-function.js';
import type { ParameterRange } from './invariance.js';

/** Places between the ends of a range, as shares of it, that a draw looks at: others at each draw, evenly spread over all. */
export function placesBetween(draw: number): number[] {
  return [(draw * 0.6180339887498949 + 0.25) % 1, (draw * 0.6180339887498949 + 0.75) % 1];
}

/**
 * Notes how much a draw's image changes when each parameter alone goes to the ends of its range and to places in between. An invisible
 * parameter changes nothing at any draw.
 *
 * @param draw number of the draw
 * @param base the draw's own image
 * @param changes receives the largest change of any byte so far by parameter, in 1/255; of parameters beyond `tolerance` no more is
 *   asked
 */
export function noteEndChanges(
  { at, image }: ImageDraw,
  draw: number,
  base: Uint8Array,
  ranges: readonly ParameterRange[],
  tolerance: number,
  changes: Float64Array,
): void {
  for (const [index, { min, max }] of ranges.entries()) {
    for (const share of [0, 1, ...placesBetween(draw)]) {
      if (changes[index] > tolerance) break;
      const place = share === 1 ? max : min + share * (max - min);
      const moved = image(at.map((value, i) => (i === index ? place : value)));
      changes[index] = Math.max(changes[index], largestChange(base, moved));
    }
  }
}
