import { largestChange } from './image-function.js';
import type { ParameterRange } from './invariance.js';
import type { MeasuredDraw } from './measure-draws.js';

/**
 * The smallest change of one parameter that moves any pixel of a draw's image by each of some levels, as a share of its range.
 *
 * Up to the step of the central difference it is level / slope: rendered images cannot say it better there, since a tiny change lets
 * whole columns of a pixel's regular sub-samples jump at once, which a difference over the step averages out. Beyond the step nothing
 * is extrapolated: images are rendered with the parameter moved up and down by the step, twice the step and so on to the ends of its
 * range, and between two renders the largest difference of any byte to the draw's own image is taken to grow evenly.
 *
 * @param index the parameter's place
 * @param levels in 1/255, ascending
 * @returns by level; Infinity where no change within the range is enough
 */
export function smallestChanges(
  { at, image, base, jacobian }: Pick<MeasuredDraw, 'at' | 'image' | 'base' | 'jacobian'>,
  index: number,
  { min, max }: ParameterRange,
  levels: readonly number[],
): number[] {
  const [slope, step] = [jacobian.largest[index], jacobian.steps[index]];
  const shares = levels.map((level) => (level / slope <= step ? level / slope : Number.POSITIVE_INFINITY));
  const range = max - min;
  const sides = [
    { sign: 1, room: (max - at[index]) / range, share: 0, change: 0 },
    { sign: -1, room: (at[index] - min) / range, share: 0, change: 0 },
  ];
  for (let reach = step; shares.includes(Number.POSITIVE_INFINITY); reach *= 2) {
    const open = levels.flatMap((_, i) => (shares[i] === Number.POSITIVE_INFINITY ? [i] : []));
    const moving = sides.filter(({ share, room }) => share < room);
    if (moving.length === 0) break;
    for (const side of moving) {
      const share = Math.min(reach, side.room);
      const moved = at.slice();
      moved[index] = Math.min(max, Math.max(min, at[index] + side.sign * share * range));
      const change = largestChange(base, image(moved));
      for (const i of open) {
        if (change < levels[i]) continue;
        const part = (levels[i] - side.change) / (change - side.change);
        shares[i] = Math.min(shares[i], side.share + part * (share - side.share));
      }
      Object.assign(side, { share, change });
    }
  }
  return shares;
}
