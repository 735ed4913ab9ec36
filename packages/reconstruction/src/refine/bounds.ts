import type { Range, Scene } from '@kanrecon/scene';

/** Within which a search looks: a scene's own ranges, or narrower ones where the user knows more. Both ends alike is a fixed value. */
export interface Bounds {
  /** By parameter in the surface's order, scaled to [0, 1] over the parameter's range. */
  readonly shape: readonly Range[];
  /** Radians. */
  readonly camera: Readonly<Record<'x' | 'y' | 'z', Range>>;
  /** Of the camera from the object, in the shape's units. No image tells it; where it is known, it tells the object's size. */
  readonly distance?: Range;
}

/** The scene's own. */
export function sceneBounds({ surface, camera: { x, y, z } }: Scene): Bounds {
  return { shape: surface.parameters.map(() => [0, 1]), camera: { x, y, z } };
}

/** Whether anything is left to be found between the ends. */
export const isFree = ([min, max]: Range): boolean => max > min;

/** The nearest value between the ends. */
export const inside = (value: number, [min, max]: Range): number => Math.min(max, Math.max(min, value));
