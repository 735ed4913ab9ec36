import type { ImageDraw } from './image-draws.js';
import { largestChange } from './image-function.js';
import type { ParameterRange } from './invariance.js';

/**
 * Notes how much a draw's image changes when each parameter alone goes to the ends of its range. An invisible parameter changes
 * nothing at any draw.
 *
 * @param base the draw's own image
 * @param changes receives the largest change of any byte so far by parameter, in 1/255; of parameters beyond `tolerance` no more is
 *   asked
 */
export function noteEndChanges(
  { at, image }: ImageDraw,
  base: Uint8Array,
  ranges: readonly ParameterRange[],
  tolerance: number,
  changes: Float64Array,
): void {
  for (const [index, { min, max }] of ranges.entries()) {
    for (const end of [min, max]) {
      if (changes[index] > tolerance) break;
      const moved = image(at.map((value, i) => (i === index ? end : value)));
      changes[index] = Math.max(changes[index], largestChange(base, moved));
    }
  }
}
