/** A tensor as `outer` × `size` × `inner` values, around one of its axes. */
export interface OneAxis {
  axis: number;
  outer: number;
  size: number;
  inner: number;
}

/**
 * The axis of `wholeShape` along which statistics differ, as [1, c, 1, 1] do for images with channels first, or [c, 1, 1] (last axes
 * belong together); undefined where they do not fit, differ along none or several, or not along the same one. Single values fit every
 * axis.
 */
export function oneAxisOf(wholeShape: number[], shapes: number[][]): OneAxis | undefined {
  const rank = wholeShape.length;
  const several = shapes
    .filter((shape) => shape.some((size) => size !== 1))
    .map((shape) => [...Array(Math.max(rank - shape.length, 0)).fill(1), ...shape] as number[]);
  const axis = several[0]?.findIndex((size) => size !== 1) ?? -1;
  const isAlong = (shape: number[]) =>
    shape.length === rank && shape.every((size, i) => size === (i === axis ? wholeShape[axis] : 1));
  if (axis < 0 || !several.every(isAlong)) return undefined;
  const product = (sizes: number[]) => sizes.reduce((all, size) => all * size, 1);
  return {
    axis,
    outer: product(wholeShape.slice(0, axis)),
    size: wholeShape[axis]!,
    inner: product(wholeShape.slice(axis + 1)),
  };
}
