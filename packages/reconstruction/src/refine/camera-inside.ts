import type { CameraAngles } from '@kanrecon/render';
import type { Bounds } from './bounds.js';

const fullTurn = 2 * Math.PI;
const axes = ['x', 'y', 'z'] as const;

/**
 * The orientation as three angles inside their ranges, as near as they come. Every orientation is two triples, (x, y, z) and
 * (x + π, π − y, z + π), of which the one is taken that needs to be moved less; each angle comes back within a turn of its range's
 * middle.
 */
export function cameraInside({ x, y, z }: CameraAngles, ranges: Bounds['camera']): CameraAngles {
  const one = moved({ x, y, z }, ranges);
  if (one.by === 0) return one.angles;
  const other = moved({ x: x + Math.PI, y: Math.PI - y, z: z + Math.PI }, ranges);
  return other.by < one.by ? other.angles : one.angles;
}

function moved(angles: CameraAngles, ranges: Bounds['camera']): { angles: CameraAngles; by: number } {
  let by = 0;
  const [x, y, z] = axes.map((axis) => {
    const [min, max] = ranges[axis];
    const middle = (min + max) / 2;
    const off = angles[axis] - middle;
    const near = off - fullTurn * Math.round(off / fullTurn);
    const kept = Math.min((max - min) / 2, Math.max((min - max) / 2, near));
    // A rounding error of a full turn's ends is none.
    if (max - min < fullTurn - 1e-9) by += Math.abs(near - kept);
    return middle + kept;
  }) as [number, number, number];
  return { angles: { x, y, z }, by };
}
